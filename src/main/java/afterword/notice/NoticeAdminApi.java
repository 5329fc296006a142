package afterword.notice;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.db.Database;
import afterword.http.Csv;
import afterword.http.Query;
import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.notice.NoticeRecords.Kind;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.stream.Collectors;

/** Notices for a site's owners: {@code /api/v1/admin/notices}. Behind {@link Guard}. */
public final class NoticeAdminApi {
  private static final int MOST = 200;
  private static final int AT_ONCE = 500;

  private final Sites sites;
  private final Database database;
  private final NoticeRecords records;
  private final NoticeErasure erasure = new NoticeErasure();
  private final AuditStore audit;
  private final Clock clock;

  public NoticeAdminApi(Sites sites, Database database, AuditStore audit, Clock clock) {
    this.sites = sites;
    this.database = database;
    this.records = new NoticeRecords(database);
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * {@code GET notices?site&kind&format&after&limit}: page by page as JSON, or all of it as CSV.
   */
  public void list(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    String word = Query.one(ctx, "kind").filter(k -> !k.isEmpty()).orElse(Kind.NOTICES.word());
    Kind kind =
        Kind.of(word)
            .orElseThrow(
                () -> Query.wrong("kind", "unknown", "A kind is notices, statements or appeals."));
    String format = Query.one(ctx, "format").filter(f -> !f.isEmpty()).orElse("json");
    if (!format.equals("json") && !format.equals("csv"))
      throw Query.wrong("format", "unknown", "A format is json or csv.");
    long after = Query.one(ctx, "after").filter(a -> !a.isEmpty()).map(this::row).orElse(0L);
    int limit = Query.integer(ctx, "limit", 1, MOST, MOST);
    sites
        .byKey(Query.required(ctx, "site"))
        .compose(
            site -> {
              moderator.require(site.id(), Role.OWNER);
              return format.equals("json")
                  ? records.page(site.id(), kind, after, limit).compose(page -> send(ctx, page))
                  : download(ctx, site.id(), kind);
            })
        .onFailure(ctx::fail);
  }

  private long row(String after) {
    if (!after.matches("[0-9]{1,18}"))
      throw Query.wrong("after", "broken-cursor", "Start again without \"after\".");
    return Long.parseLong(after);
  }

  private static Future<Void> send(RoutingContext ctx, NoticeRecords.Page page) {
    return ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(
            new JsonObject()
                .put("entries", new JsonArray(page.entries()))
                .put("next", page.last().map(Object::toString).orElse(null))
                .toBuffer());
  }

  private Future<Void> download(RoutingContext ctx, int site, Kind kind) {
    return records
        .page(site, kind, 0, AT_ONCE)
        .compose(
            first -> {
              HttpServerResponse response =
                  ctx.response()
                      .putHeader(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
                      .putHeader(
                          "Content-Disposition", "attachment; filename=\"" + kind.word() + ".csv\"")
                      .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                      .setChunked(true);
              return response
                  .write(Csv.BYTE_ORDER_MARK + String.join(",", kind.columns) + "\r\n")
                  .compose(begun -> rest(response, site, kind, first));
            });
  }

  /** No more than one page at a time is in memory. */
  private Future<Void> rest(
      HttpServerResponse response, int site, Kind kind, NoticeRecords.Page page) {
    if (page.last().isEmpty()) return response.end();
    String lines =
        page.entries().stream()
            .map(
                entry ->
                    kind.columns.stream()
                            .map(column -> Csv.quoted(line(entry.getValue(column))))
                            .collect(Collectors.joining(","))
                        + "\r\n")
            .collect(Collectors.joining());
    return response
        .write(lines)
        .compose(written -> records.page(site, kind, page.last().get(), AT_ONCE))
        .compose(next -> rest(response, site, kind, next));
  }

  private static Object line(Object value) {
    return value instanceof JsonArray several
        ? several.stream().map(String::valueOf).collect(Collectors.joining(" "))
        : value;
  }

  /** {@code DELETE notices/{id}}: what its sender said and who that is, for ever. */
  public void erase(RoutingContext ctx) {
    PublicId id = Receipt.idOf(ctx.pathParam("id")).orElseThrow(NoticeAdminApi::missing);
    Moderator moderator = Guard.moderator(ctx);
    moderator.require(id.site(), Role.OWNER);
    var entry =
        new AuditEntry(
            id.site(), clock.instant(), moderator.actor(), "erase", "notice:" + id.row());
    database
        .write(
            tx ->
                erasure
                    .ofSender(tx, id)
                    .compose(
                        found ->
                            found ? audit.append(tx, entry) : Future.<Void>failedFuture(missing())))
        .onSuccess(
            done ->
                ctx.response()
                    .setStatusCode(204)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end())
        .onFailure(ctx::fail);
  }

  private static FailureException missing() {
    return FailureException.notFound("There is nothing here, or it is not yours.");
  }
}
