package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.db.Database;
import afterword.http.Query;
import afterword.model.PublicId;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who changed what: {@code /api/v1/admin/audit}. Behind {@link Guard}. */
public final class AuditApi {
  private static final int MOST = 200;
  private static final int USUAL = 50;

  private final Sites sites;
  private final Database database;

  public AuditApi(Sites sites, Database database) {
    this.sites = sites;
    this.database = database;
  }

  /** {@code GET audit?site&comment&action&after&limit}: the newest first; for owners. */
  public void list(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Optional<String> key = Query.one(ctx, "site").filter(k -> !k.isEmpty());
    Optional<PublicId> comment =
        Query.one(ctx, "comment")
            .filter(id -> !id.isEmpty())
            .map(
                id ->
                    PublicId.parse(id)
                        .orElseThrow(
                            () ->
                                Query.wrong("comment", "malformed", "No comment has such an id.")));
    Optional<String> action = Query.one(ctx, "action").filter(a -> !a.isEmpty());
    long before =
        Query.one(ctx, "after").filter(a -> !a.isEmpty()).map(AuditApi::row).orElse(Long.MAX_VALUE);
    int limit = Query.integer(ctx, "limit", 1, MOST, USUAL);
    visible(moderator, key)
        .map(
            visible -> {
              comment.ifPresent(id -> visible.retainAll(Set.of(id.site())));
              return visible;
            })
        .compose(visible -> rows(visible, before, comment, action, limit))
        .onSuccess(json -> Answers.send(ctx, json))
        .onFailure(ctx::fail);
  }

  private static long row(String after) {
    if (!after.matches("[0-9]{1,18}"))
      throw Query.wrong("after", "broken-cursor", "Start again without \"after\".");
    return Long.parseLong(after);
  }

  private Future<Set<Integer>> visible(Moderator moderator, Optional<String> key) {
    if (key.isEmpty()) return Future.succeededFuture(new TreeSet<>(moderator.sites(Role.OWNER)));
    return sites
        .byKey(key.get())
        .map(
            site -> {
              moderator.require(site.id(), Role.OWNER);
              return new TreeSet<>(Set.of(site.id()));
            });
  }

  private static final String ROWS =
      """
      select a.site_id, a.id, s.key, a.at, a.actor, m.name, a.action, a.object, a.version, a.status_before,
        a.status_after, a.reason
      from unnest($1::int[]) as visible (site_id)
      cross join lateral (
        select * from audit
        where site_id = visible.site_id and id < $2::bigint
          and ($3::text is null or object = $3) and ($4::text is null or action = $4)
        order by id desc
        limit $5
      ) a
      join site s on s.id = a.site_id
      left join moderator m on a.actor = 'moderator:' || m.id
      order by a.id desc
      limit $5
      """;

  private Future<JsonObject> rows(
      Set<Integer> visible,
      long before,
      Optional<PublicId> comment,
      Optional<String> action,
      int limit) {
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfInteger(visible.toArray(Integer[]::new))
            .addLong(before)
            .addString(comment.map(id -> "comment:" + id.row()).orElse(null))
            .addString(action.orElse(null))
            .addLong((long) limit);
    return database
        .readCurrent(client -> client.preparedQuery(ROWS).execute(parameters))
        .map(
            rows -> {
              var list = new JsonArray();
              String last = null;
              for (Row row : rows) {
                list.add(json(row));
                last = Long.toString(row.getLong(1));
              }
              return new JsonObject()
                  .put("entries", list)
                  .put("next", rows.size() == limit ? last : null);
            });
  }

  private static JsonObject json(Row row) {
    String object = row.getString(7);
    boolean comment = object.startsWith("comment:");
    return new JsonObject()
        .put("site", row.getString(2))
        .put("at", CardStore.utc(row.getOffsetDateTime(3)))
        .put("actor", row.getString(4))
        .put("name", row.getString(5))
        .put("action", row.getString(6))
        .put("object", object)
        .put(
            "comment",
            comment ? Card.publicId(row.getInteger(0), Long.parseLong(object.substring(8))) : null)
        .put("version", row.getInteger(8))
        .put("before", row.getString(9))
        .put("after", row.getString(10))
        .put("reason", row.getString(11));
  }
}
