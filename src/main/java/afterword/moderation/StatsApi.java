package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.db.Database;
import afterword.http.Csv;
import afterword.http.Query;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** How the desk is doing: {@code /api/v1/admin/stats}. Behind {@link Guard}. */
public final class StatsApi {
  private static final int USUAL = 30;
  private static final int MOST = 366;

  private final VisibleSites visible;
  private final Database database;
  private final Clock clock;

  public StatsApi(Sites sites, Database database, Clock clock) {
    this.visible = new VisibleSites(sites);
    this.database = database;
    this.clock = clock;
  }

  /** {@code GET stats?site&days&format}: as JSON, or as CSV for a table. */
  public void show(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    Optional<String> key = Query.one(ctx, "site").filter(k -> !k.isEmpty());
    int days = Query.integer(ctx, "days", 1, MOST, USUAL);
    String format = Query.one(ctx, "format").filter(f -> !f.isEmpty()).orElse("json");
    if (!format.equals("json") && !format.equals("csv"))
      throw Query.wrong("format", "unknown", "A format is json or csv.");
    var since = clock.instant().minus(Duration.ofDays(days)).atOffset(ZoneOffset.UTC);
    visible
        .of(moderator, key)
        .compose(sites -> stats(sites.toArray(Integer[]::new), since, days))
        .onSuccess(
            json -> {
              if (format.equals("json")) Answers.send(ctx, json);
              else
                ctx.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
                    .putHeader("Content-Disposition", "attachment; filename=\"stats.csv\"")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(Csv.BYTE_ORDER_MARK + csv(json));
            })
        .onFailure(ctx::fail);
  }

  private static final String NOW =
      """
      select coalesce(sum(waiting.n), 0)::int, min(waiting.oldest)
      from unnest($1::int[]) as visible (site_id)
      cross join lateral (
        select (select count(*) from comment where site_id = visible.site_id and status = 'pending') as n,
          (select min(created_at) from comment where site_id = visible.site_id and status = 'pending') as oldest
      ) waiting
      """;

  /** From the comment to the first decision on it that still stands. */
  private static final String TIMES =
      """
      select percentile_cont(0.5) within group (order by extract(epoch from d.created_at - c.created_at)),
        percentile_cont(0.9) within group (order by extract(epoch from d.created_at - c.created_at))
      from decision d
      join decision_item i on i.site_id = d.site_id and i.decision_id = d.id and i.status_before = 'pending'
      join comment c on c.site_id = i.site_id and c.id = i.comment_id
      where d.site_id = any($1::int[]) and d.created_at > $2::timestamptz and d.undone_at is null
      """;

  private static final String MODERATORS =
      """
      select coalesce(m.name, 'unknown'), d.action, count(*)::int
      from decision d
      join decision_item i on i.site_id = d.site_id and i.decision_id = d.id
      left join moderator m on m.id = d.moderator_id
      where d.site_id = any($1::int[]) and d.created_at > $2::timestamptz and d.undone_at is null
      group by 1, 2 order by 1, 2
      """;

  /** How often those who looked again would have decided as the moderator did. */
  private static final String AGREEMENT =
      """
      select coalesce(m.name, 'unknown'), count(*)::int, (count(*) filter (where s.agrees))::int
      from second_look s
      join decision d on d.site_id = s.site_id and d.id = s.decision_id
      left join moderator m on m.id = d.moderator_id
      where s.site_id = any($1::int[]) and s.created_at > $2::timestamptz
      group by 1 order by 1
      """;

  /** What the rules made of new comments, and for which reasons. */
  private static final String RULES =
      """
      select status_after, unnest(string_to_array(coalesce(nullif(reason, ''), 'none'), ' ')), count(*)::int
      from audit
      where site_id = any($1::int[]) and action = 'post' and at > $2::timestamptz
      group by 1, 2 order by 1, 3 desc, 2
      """;

  private Future<JsonObject> stats(Integer[] visible, OffsetDateTime since, int days) {
    Future<RowSet<Row>> now = ask(NOW, Tuple.tuple().addArrayOfInteger(visible));
    Future<RowSet<Row>> times = ask(TIMES, over(visible, since));
    Future<RowSet<Row>> moderators = ask(MODERATORS, over(visible, since));
    Future<RowSet<Row>> rules = ask(RULES, over(visible, since));
    Future<RowSet<Row>> agreement = ask(AGREEMENT, over(visible, since));
    return Future.all(now, times, moderators, rules, agreement)
        .map(
            all -> {
              Row waiting = now.result().iterator().next();
              Row time = times.result().iterator().next();
              return new JsonObject()
                  .put("days", days)
                  .put("waiting", waiting.getInteger(0))
                  .put("oldestAt", CardStore.utc(waiting.getOffsetDateTime(1)))
                  .put("secondsToDecisionP50", time.getDouble(0))
                  .put("secondsToDecisionP90", time.getDouble(1))
                  .put("decisions", counted(moderators.result(), "moderator", "action"))
                  .put("rules", counted(rules.result(), "status", "reason"))
                  .put("agreement", agreement(agreement.result()));
            });
  }

  private static Tuple over(Integer[] visible, OffsetDateTime since) {
    return Tuple.tuple().addArrayOfInteger(visible).addOffsetDateTime(since);
  }

  private Future<RowSet<Row>> ask(String sql, Tuple parameters) {
    return database.readLagging(client -> client.preparedQuery(sql).execute(parameters));
  }

  private static JsonArray counted(RowSet<Row> rows, String first, String second) {
    var list = new JsonArray();
    for (Row row : rows)
      list.add(
          new JsonObject()
              .put(first, row.getString(0))
              .put(second, row.getString(1))
              .put("count", row.getInteger(2)));
    return list;
  }

  private static JsonArray agreement(RowSet<Row> rows) {
    var list = new JsonArray();
    for (Row row : rows)
      list.add(
          new JsonObject()
              .put("moderator", row.getString(0))
              .put("looked", row.getInteger(1))
              .put("agreed", row.getInteger(2)));
    return list;
  }

  private static String csv(JsonObject stats) {
    var csv = new StringBuilder("figure,of,what,value\r\n");
    for (String name :
        new String[] {"waiting", "oldestAt", "secondsToDecisionP50", "secondsToDecisionP90"})
      line(csv, name, "", "", stats.getValue(name));
    for (Object entry : stats.getJsonArray("decisions")) {
      var row = (JsonObject) entry;
      line(
          csv,
          "decisions",
          row.getString("moderator"),
          row.getString("action"),
          row.getInteger("count"));
    }
    for (Object entry : stats.getJsonArray("rules")) {
      var row = (JsonObject) entry;
      line(csv, "rules", row.getString("status"), row.getString("reason"), row.getInteger("count"));
    }
    for (Object entry : stats.getJsonArray("agreement")) {
      var row = (JsonObject) entry;
      line(csv, "secondLooks", row.getString("moderator"), "looked", row.getInteger("looked"));
      line(csv, "secondLooks", row.getString("moderator"), "agreed", row.getInteger("agreed"));
    }
    return csv.toString();
  }

  private static void line(StringBuilder csv, String figure, String of, String what, Object value) {
    csv.append(figure)
        .append(',')
        .append(Csv.quoted(of))
        .append(',')
        .append(Csv.quoted(what))
        .append(',');
    csv.append(value == null ? "" : value).append("\r\n");
  }
}
