package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.db.Database;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.site.Sites;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Filters that a moderator keeps, with their numbers: {@code /api/v1/admin/filters}. */
public final class FilterApi {
  private static final int MOST_KEPT = 50;
  private static final int LONGEST = 1_000;

  /** More are "many": a counter must be cheap. */
  private static final int COUNTED = 100;

  private final VisibleSites visible;
  private final Database database;
  private final QueueStore queue;
  private final Clock clock;

  public FilterApi(Sites sites, Database database, Clock clock) {
    this.visible = new VisibleSites(sites);
    this.database = database;
    this.queue = new QueueStore(database);
    this.clock = clock;
  }

  private static final String LIST =
      "select id, name, query from saved_filter where moderator_id = $1 order by id limit 50";

  /** {@code GET filters}. */
  public void list(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    database
        .readCurrent(client -> client.preparedQuery(LIST).execute(Tuple.of(moderator.id())))
        .compose(
            rows -> {
              var all = new ArrayList<Future<JsonObject>>();
              for (Row row : rows) all.add(counted(moderator, row));
              return Future.all(all).map(done -> done.<JsonObject>list());
            })
        .onSuccess(list -> Answers.send(ctx, new JsonObject().put("filters", new JsonArray(list))))
        .onFailure(ctx::fail);
  }

  /** What cannot be counted, because a site went, a word changed or time was up, says nothing. */
  private Future<JsonObject> counted(Moderator moderator, Row row) {
    var json =
        new JsonObject()
            .put("id", "f" + Long.toString(row.getLong(0), 36))
            .put("name", row.getString(1))
            .put("query", row.getString(2));
    return count(moderator, row.getString(2))
        .map(count -> json.put("count", count))
        .otherwise(uncounted -> json.put("count", null));
  }

  private Future<Integer> count(Moderator moderator, String query) {
    try {
      Filter filter = Filter.of(parameters(query), clock.instant());
      return visible
          .of(moderator, filter.site())
          .compose(sites -> queue.page(sites, filter, Optional.empty(), COUNTED))
          .map(List::size);
    } catch (FailureException notAFilter) {
      return Future.failedFuture(notAFilter);
    }
  }

  /** A query such as "status=pending&q=has:link", each name once. */
  private static Map<String, String> parameters(String query) {
    var given = new LinkedHashMap<String, String>();
    new QueryStringDecoder(query.startsWith("?") ? query : "?" + query)
        .parameters()
        .forEach(
            (name, values) -> {
              if (!Filter.NAMES.contains(name) || values.size() > 1)
                throw FailureException.unreadable("There is no filter \"" + name + "\".");
              given.put(name, values.get(0));
            });
    return given;
  }

  private static final String ADD =
      """
      insert into saved_filter (moderator_id, name, query, created_at)
      select $1, $2, $3, $4
      where (select count(*) from saved_filter where moderator_id = $1) < $5
      returning id, name, query
      """;

  /** {@code POST filters}. */
  public void add(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Fields fields = JsonBody.of(ctx);
    String name = fields.requiredText("name", Limits.NAME);
    String query = fields.text("query", LONGEST).orElse("");
    if (!fields.has("query")) fields.wrong("query", "required", "Send the filter's address.");
    if (!fields.isWrong("query")) check(fields, query);
    fields.finish();
    database
        .write(
            tx ->
                tx.preparedQuery(ADD)
                    .execute(
                        Tuple.of(
                            moderator.id(),
                            name,
                            query,
                            clock.instant().atOffset(ZoneOffset.UTC),
                            (long) MOST_KEPT)))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                fields.wrong("name", "too-many", "Keep at most " + MOST_KEPT + " filters.");
                fields.finish();
              }
              return counted(moderator, rows.iterator().next());
            })
        .onSuccess(json -> Answers.created(ctx, json))
        .onFailure(ctx::fail);
  }

  private void check(Fields fields, String query) {
    try {
      Filter.of(parameters(query), clock.instant());
    } catch (FailureException wrong) {
      fields.wrong("query", "malformed", wrong.failure().detail());
    }
  }

  private static final String REMOVE =
      "delete from saved_filter where id = $1 and moderator_id = $2";

  /** {@code DELETE filters/{id}}. */
  public void remove(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    String id = ctx.pathParam("id");
    if (!id.matches("f[0-9a-z]{1,12}")) throw missing();
    long row = Long.parseLong(id.substring(1), 36);
    database
        .write(tx -> tx.preparedQuery(REMOVE).execute(Tuple.of(row, moderator.id())))
        .onSuccess(
            removed -> {
              if (removed.rowCount() > 0) Answers.done(ctx);
              else ctx.fail(missing());
            })
        .onFailure(ctx::fail);
  }

  private static FailureException missing() {
    return FailureException.notFound("There is no such filter, or it is not yours.");
  }
}
