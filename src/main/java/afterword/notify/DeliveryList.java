package afterword.notify;

import afterword.db.Database;
import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The table of deliveries, as the owners of a site look at it. */
final class DeliveryList {
  private final Database database;

  DeliveryList(Database database) {
    this.database = database;
  }

  private static final String PAGE =
      """
      select id, webhook_id, event, comment_id, status, attempts, answer, error, created_at,
        case when status = 'waiting' then next_at end, finished_at
      from delivery
      where site_id = $1 and ($2::bigint is null or webhook_id = $2) and ($3::text is null or status = $3)
        and id < $4
      order by id desc
      limit $5
      """;

  /** The newest first, with where the next page begins. */
  Future<JsonObject> page(
      int site, Optional<Long> webhook, Optional<String> status, Optional<Long> before, int limit) {
    Tuple parameters =
        Tuple.tuple()
            .addInteger(site)
            .addLong(webhook.orElse(null))
            .addString(status.orElse(null))
            .addLong(before.orElse(Long.MAX_VALUE))
            .addInteger(limit + 1);
    return database
        .readCurrent(client -> client.preparedQuery(PAGE).execute(parameters))
        .map(
            rows -> {
              var list = new JsonArray();
              String next = null;
              for (Row row : rows) {
                if (list.size() == limit) next = list.getJsonObject(limit - 1).getString("id");
                else list.add(json(site, row));
              }
              return new JsonObject().put("deliveries", list).put("next", next);
            });
  }

  private static JsonObject json(int site, Row row) {
    Long comment = row.getLong(3);
    return new JsonObject()
        .put("id", new PublicId(site, row.getLong(0)).toString())
        .put("webhook", WebhookApi.publicId(row.getLong(1)))
        .put("event", row.getString(2))
        .put("comment", comment == null ? null : new PublicId(site, comment).toString())
        .put("status", row.getString(4))
        .put("attempts", row.getInteger(5))
        .put("answer", row.getInteger(6))
        .put("error", row.getString(7))
        .put("createdAt", text(row.getOffsetDateTime(8)))
        .put("nextAt", text(row.getOffsetDateTime(9)))
        .put("finishedAt", text(row.getOffsetDateTime(10)));
  }

  private static String text(OffsetDateTime at) {
    return at == null ? null : at.toInstant().toString();
  }

  private static final String FIND = "select from delivery where site_id = $1 and id = $2";

  Future<Boolean> find(PublicId id) {
    return database
        .readCurrent(client -> client.preparedQuery(FIND).execute(Tuple.of(id.site(), id.row())))
        .map(rows -> rows.size() > 0);
  }
}
