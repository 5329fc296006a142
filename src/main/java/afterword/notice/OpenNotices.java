package afterword.notice;

import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.db.Database;
import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What waits about comments, for the moderators who look at them. */
public final class OpenNotices {
  private final Database database;

  public OpenNotices(Database database) {
    this.database = database;
  }

  /** The oldest ones of a comment: about as many as are taken at once. */
  private static final String OPEN =
      """
      select c.site_id, c.id, open.kind, open.found, %OTHERS%, %GONE%
      from unnest($1::int[], $2::bigint[]) as asked (site_id, id)
      join comment c on c.site_id = asked.site_id and c.id = asked.id
      cross join lateral (
        (select 'notice' as kind, json_build_object('id', n.id, 'category', n.category, 'law', n.law,
            'explanation', n.explanation, 'name', n.name, 'email', n.email, 'createdAt', n.created_at) as found
          from notice n
          where n.site_id = c.site_id and n.comment_id = c.id and n.decision_id is null
          order by n.id limit 30)
        union all
        (select 'appeal', json_build_object('id', a.id,
            'by', case when a.notice_id is null then 'author' else 'sender' end, 'text', a.text,
            'createdAt', a.created_at, 'against', json_build_object('action', d.action, 'by', m.name,
              'at', d.created_at, 'facts', s.facts, 'ground', s.ground, 'reference', s.reference))
          from appeal a
          join decision d on d.site_id = a.site_id and d.id = a.decision_id
          join statement s on s.site_id = a.site_id and s.decision_id = a.decision_id
          left join moderator m on m.id = d.moderator_id
          where a.site_id = c.site_id and a.comment_id = c.id and a.answer_id is null
          order by a.id limit 30)
      ) open
      """
          .replace("%OTHERS%", Settlement.others("$3", "$4::int[]"))
          .replace("%GONE%", Settlement.GONE);

  /**
   * By comment: {notices, appeals, anotherModerator, gone}; comments without any are left out.
   *
   * @param moderator who looks: whether somebody else has to answer depends on it
   */
  public Future<Map<PublicId, JsonObject>> of(List<PublicId> comments, Moderator moderator) {
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfInteger(comments.stream().map(PublicId::site).toArray(Integer[]::new))
            .addArrayOfLong(comments.stream().map(PublicId::row).toArray(Long[]::new))
            .addLong(moderator.id())
            .addArrayOfInteger(moderator.sites(Role.OWNER).toArray(Integer[]::new));
    return database
        .readCurrent(client -> client.preparedQuery(OPEN).execute(parameters))
        .map(
            rows -> {
              var idToOpen = new HashMap<PublicId, JsonObject>();
              for (Row row : rows) {
                var id = new PublicId(row.getInteger(0), row.getLong(1));
                var open =
                    idToOpen.computeIfAbsent(
                        id,
                        none ->
                            new JsonObject()
                                .put("notices", new JsonArray())
                                .put("appeals", new JsonArray())
                                .put("anotherModerator", row.getBoolean(4))
                                .put("gone", row.getBoolean(5)));
                open.getJsonArray(row.getString(2) + "s")
                    .add(shown(id.site(), row.getString(2), (JsonObject) row.getJson(3)));
              }
              return idToOpen;
            });
  }

  private static JsonObject shown(int site, String kind, JsonObject found) {
    var id = new PublicId(site, found.getLong("id"));
    found.put("id", kind.equals("notice") ? Receipt.number(id) : id.toString());
    time(found, "createdAt");
    JsonObject against = found.getJsonObject("against");
    if (against != null) time(against, "at");
    return found;
  }

  /** JSON made by PostgreSQL has its own spelling of times. */
  private static void time(JsonObject json, String name) {
    json.put(name, OffsetDateTime.parse(json.getString(name)).toInstant().toString());
  }

  private static final String COUNT =
      """
      select count(*) from (
        (select distinct n.site_id, n.comment_id from notice n
          where n.site_id = any($1::int[]) and n.decision_id is null limit 1000)
        union
        (select distinct a.site_id, a.comment_id from appeal a
          where a.site_id = any($1::int[]) and a.answer_id is null limit 1000)
        limit 1000
      ) waiting
      """;

  /** How many comments have a notice or an appeal that waits; a thousand for that many or more. */
  public Future<Long> count(Collection<Integer> sites) {
    return database
        .readCurrent(
            client ->
                client
                    .preparedQuery(COUNT)
                    .execute(Tuple.tuple().addArrayOfInteger(sites.toArray(Integer[]::new))))
        .map(rows -> rows.iterator().next().getLong(0));
  }
}
