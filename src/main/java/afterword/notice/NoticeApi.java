package afterword.notice;

import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.http.FormBody;
import afterword.http.PlainHtml;
import afterword.http.Problems;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.keys.Stamps;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.notice.NoticeStore.Noticed;
import afterword.ratelimit.RateLimiter;
import afterword.ratelimit.Sender;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The form for notices about a comment, and what it sends. No script, no cookie. */
public final class NoticeApi {
  private static final long KEY_WINDOW_SECONDS = 600;

  private final Database database;
  private final Sites sites;
  private final NoticeStore notices = new NoticeStore();
  private final FileNotice filing;
  private final RateLimiter limiter;
  private final ClientAddress addresses;
  private final Keys keys;
  private final Stamps stamps;
  private final String publicBaseUrl;

  public NoticeApi(
      Database database,
      Sites sites,
      AuditStore audit,
      RateLimiter limiter,
      ClientAddress addresses,
      Keys keys,
      String publicBaseUrl,
      Clock clock) {
    this.database = database;
    this.sites = sites;
    this.filing = new FileNotice(database, audit, keys, clock);
    this.limiter = limiter;
    this.addresses = addresses;
    this.keys = keys;
    this.stamps = new Stamps(keys, clock);
    this.publicBaseUrl = publicBaseUrl;
  }

  /** GET /c/{id}/notice; the same for everybody. */
  public void show(RoutingContext ctx) {
    PlainHtml.headers(ctx);
    Future.succeededFuture()
        .map(begin -> comment(ctx))
        .compose(id -> noticed(id).map(found -> view(id, Optional.of(found))))
        .compose(
            view -> {
              ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=0, s-maxage=60");
              return PlainHtml.send(ctx, 200, NoticePage.empty(view));
            })
        .onFailure(ctx::fail);
  }

  /** POST /c/{id}/notice */
  public void file(RoutingContext ctx) {
    PlainHtml.headers(ctx);
    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    Future.succeededFuture()
        .map(
            begin -> {
              sites.requireOwnOrigin(ctx);
              return comment(ctx);
            })
        .compose(
            id -> {
              var form = new NoticeForm(FormBody.of(ctx));
              return sites
                  .byId(id.site())
                  .map(site -> site.orElseThrow(FileNotice::noComment))
                  .compose(site -> file(ctx, site, id, form))
                  .recover(
                      cause ->
                          FailureException.isNotNow(cause)
                              ? again(ctx, id, form, cause)
                              : Future.failedFuture(cause));
            })
        .onFailure(ctx::fail);
  }

  private Future<Void> file(RoutingContext ctx, Site site, PublicId comment, NoticeForm form) {
    return Future.succeededFuture()
        .compose(begin -> taken(ctx, site, comment, form))
        .compose(
            receipt ->
                ctx.response()
                    .setStatusCode(303)
                    .putHeader(HttpHeaders.LOCATION, ReceiptApi.path(receipt))
                    .end())
        .recover(cause -> again(ctx, comment, form, cause));
  }

  /** Origin, then limits, then what was sent: every attempt counts. */
  private Future<Receipt> taken(RoutingContext ctx, Site site, PublicId comment, NoticeForm form) {
    byte[] range = addresses.rangeOf(ctx);
    count(ctx, Sender.on(site).from(range));
    Instant made = stamps.read(form.value("stamp")).orElseThrow(NoticeApi::over);
    Notice notice = form.read();
    count(ctx, Sender.on(site).noticing(range, comment));
    return filing.file(comment, notice, key(ctx, comment, form, made));
  }

  private void count(RoutingContext ctx, Sender sender) {
    limiter.take(sender).admit(ctx.response().headers());
  }

  /** A second click sends the same things within the same ten minutes. */
  private String key(RoutingContext ctx, PublicId comment, NoticeForm form, Instant made) {
    return keys.token(
        Purpose.IDEMPOTENCY,
        "notice",
        Long.toString(made.getEpochSecond() / KEY_WINDOW_SECONDS),
        comment.toString(),
        form.value("category"),
        form.value("law"),
        form.value("explanation"),
        form.value("name"),
        form.value("email"),
        HexFormat.of().formatHex(addresses.rangeOf(ctx)));
  }

  /** The text must survive whatever went wrong with it. */
  private Future<Void> again(
      RoutingContext ctx, PublicId comment, NoticeForm form, Throwable cause) {
    if (!(cause instanceof FailureException known)) return Future.failedFuture(cause);
    List<FieldError> errors =
        known.failure() instanceof Failure.Invalid invalid ? invalid.errors() : List.of();
    String why = errors.isEmpty() ? known.failure().detail() : "Almost there:";
    Problems.retryAfter(known.failure()).ifPresent(s -> ctx.response().putHeader("Retry-After", s));
    return noticed(comment)
        .map(Optional::of)
        .otherwise(Optional.empty())
        .compose(
            noticed ->
                PlainHtml.send(
                    ctx,
                    Problems.statusOf(known.failure()),
                    NoticePage.again(view(comment, noticed), form, why, errors)));
  }

  private NoticePage.View view(PublicId comment, Optional<Noticed> noticed) {
    return new NoticePage.View(comment, noticed, publicBaseUrl + "/c/" + comment, stamps.now());
  }

  private Future<Noticed> noticed(PublicId comment) {
    return database
        .readCurrent(client -> notices.noticed(client, comment))
        .map(found -> found.orElseThrow(FileNotice::noComment));
  }

  private static PublicId comment(RoutingContext ctx) {
    return PublicId.parse(ctx.pathParam("id")).orElseThrow(FileNotice::noComment);
  }

  private static FailureException over() {
    return FailureException.invalid(
        List.of(
            new FieldError(
                "/stamp",
                "over",
                "This page was open for too long. Your text is still here; send it again.")));
  }
}
