package afterword.moderation;

import afterword.db.Database;
import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What became of comments, and who made it so. */
final class DecidedStore {
  private final Database database;

  DecidedStore(Database database) {
    this.database = database;
  }

  private static final String DECIDED =
      """
      select c.site_id, c.id, c.status, c.version, last.name
      from unnest($1::int[], $2::bigint[]) as changed (site_id, id)
      join comment c on c.site_id = changed.site_id and c.id = changed.id
      left join lateral (
        select m.name from decision_item i
        join decision d on d.site_id = i.site_id and d.id = i.decision_id and d.undone_at is null
        join moderator m on m.id = d.moderator_id
        where i.site_id = c.site_id and i.comment_id = c.id and i.version_after = c.version
        order by d.id desc limit 1
      ) last on true
      where c.status <> 'pending'
      """;

  /** By site; comments that wait are left out. */
  Future<Map<Integer, JsonArray>> of(List<PublicId> ids) {
    if (ids.isEmpty()) return Future.succeededFuture(Map.of());
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfInteger(ids.stream().map(PublicId::site).toArray(Integer[]::new))
            .addArrayOfLong(ids.stream().map(PublicId::row).toArray(Long[]::new));
    return database
        .readCurrent(client -> client.preparedQuery(DECIDED).execute(parameters))
        .map(
            rows -> {
              var siteToItems = new HashMap<Integer, JsonArray>();
              for (Row row : rows)
                siteToItems
                    .computeIfAbsent(row.getInteger(0), site -> new JsonArray())
                    .add(
                        new JsonObject()
                            .put("id", new PublicId(row.getInteger(0), row.getLong(1)).toString())
                            .put("status", row.getString(2))
                            .put("version", row.getInteger(3))
                            .put("by", row.getString(4)));
              return siteToItems;
            });
  }
}
