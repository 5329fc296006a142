package afterword.notice;

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

  /** The oldest ones of a comment; more than ten say nothing new. */
  private static final String OPEN =
      """
      select wanted.site_id, wanted.id, open.kind, open.found
      from unnest($1::int[], $2::bigint[]) as asked (site_id, id)
      join comment wanted on wanted.site_id = asked.site_id and wanted.id = asked.id
      cross join lateral (
        (select 'notice' as kind, json_build_object('id', n.id, 'category', n.category, 'law', n.law,
            'explanation', n.explanation, 'name', n.name, 'email', n.email, 'createdAt', n.created_at) as found
          from notice n
          where n.site_id = wanted.site_id and n.comment_id = wanted.id and n.decision_id is null
          order by n.id limit 10)
        union all
        (select 'appeal', json_build_object('id', a.id,
            'by', case when a.notice_id is null then 'author' else 'sender' end, 'text', a.text,
            'createdAt', a.created_at, 'against', json_build_object('action', d.action, 'by', m.name,
              'at', d.created_at, 'facts', s.facts, 'ground', s.ground, 'reference', s.reference))
          from appeal a
          join decision d on d.site_id = a.site_id and d.id = a.decision_id
          join statement s on s.site_id = a.site_id and s.decision_id = a.decision_id
          left join moderator m on m.id = d.moderator_id
          where a.site_id = wanted.site_id and a.comment_id = wanted.id and a.answer_id is null
          order by a.id limit 10)
      ) open
      """;

  /** By comment: {notices, appeals}; comments without any are left out. */
  public Future<Map<PublicId, JsonObject>> of(List<PublicId> comments) {
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfInteger(comments.stream().map(PublicId::site).toArray(Integer[]::new))
            .addArrayOfLong(comments.stream().map(PublicId::row).toArray(Long[]::new));
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
                                .put("appeals", new JsonArray()));
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
