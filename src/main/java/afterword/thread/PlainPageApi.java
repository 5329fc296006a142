package afterword.thread;

import afterword.comment.Intake;
import afterword.comment.Posted;
import afterword.comment.SubmissionReader;
import afterword.http.ClientAddress;
import afterword.http.FormBody;
import afterword.http.PlainHtml;
import afterword.http.Problems;
import afterword.http.Query;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.keys.Stamps;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Site;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The thread as a page, and what its form sends. No script, no cookie; the page is the same for
 * everybody.
 */
public final class PlainPageApi {
  private static final long KEY_WINDOW_SECONDS = 600;

  private final Sites sites;
  private final PlainPages pages;
  private final Intake intake;
  private final ClientAddress addresses;
  private final Keys keys;
  private final Stamps stamps;
  private final Clock clock;

  public PlainPageApi(
      Sites sites,
      ThreadApi threads,
      Intake intake,
      ClientAddress addresses,
      Keys keys,
      Clock clock) {
    this.sites = sites;
    this.stamps = new Stamps(keys, clock);
    this.pages = new PlainPages(threads, stamps, clock);
    this.intake = intake;
    this.addresses = addresses;
    this.keys = keys;
    this.clock = clock;
  }

  /** GET /t */
  public void show(RoutingContext ctx) {
    PlainHtml.headers(ctx);
    Future.succeededFuture()
        .compose(begin -> sites.byKey(Query.required(ctx, "site")))
        .compose(site -> pages.show(site, ctx))
        .compose(hit -> ReadAnswer.send(ctx, hit))
        .onFailure(ctx::fail);
  }

  /** POST /t */
  public void post(RoutingContext ctx) {
    PlainHtml.headers(ctx);
    Future.succeededFuture()
        .map(begin -> form(ctx))
        .compose(form -> sites.byKey(form.value("site")).compose(site -> post(ctx, site, form)))
        .onFailure(ctx::fail);
  }

  private PlainForm form(RoutingContext ctx) {
    sites.requireOwnOrigin(ctx);
    return new PlainForm(FormBody.of(ctx));
  }

  private Future<Void> post(RoutingContext ctx, Site site, PlainForm form) {
    Optional<Instant> made = stamps.read(form.value("stamp"));
    if (made.isEmpty()) {
      return again(
          ctx,
          site,
          form,
          FailureException.invalid(
              List.of(
                  new FieldError(
                      "/stamp",
                      "over",
                      "This page was open for too long. Your text is still here; send it again."))));
    }
    long elapsed = Math.max(0, clock.instant().toEpochMilli() - made.get().toEpochMilli());
    String key = key(ctx, form, made.get());
    return Future.succeededFuture()
        .compose(
            begin ->
                intake.take(
                    ctx,
                    site,
                    () ->
                        new Intake.Post(
                            SubmissionReader.of(form.fields(elapsed), site), key, false)))
        .compose(posted -> posted(ctx, site, form, posted))
        .recover(cause -> again(ctx, site, form, cause));
  }

  /**
   * Nobody makes a key without script: a second click sends the same things within the same ten
   * minutes.
   */
  private String key(RoutingContext ctx, PlainForm form, Instant made) {
    return keys.token(
        Purpose.IDEMPOTENCY,
        "form",
        Long.toString(made.getEpochSecond() / KEY_WINDOW_SECONDS),
        form.value("page"),
        form.value("parent"),
        form.value("name"),
        form.value("body"),
        HexFormat.of().formatHex(addresses.rangeOf(ctx)));
  }

  private Future<Void> posted(RoutingContext ctx, Site site, PlainForm form, Posted posted) {
    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (posted.answer() != 201) {
      return pages
          .view(site, form.value("page"), null)
          .compose(
              view ->
                  PlainHtml.send(
                      ctx,
                      200,
                      PlainPage.held(view, posted.comment().html(), intake.reasonsOf(posted))));
    }
    String id = posted.comment().id().toString();
    return ctx.response()
        .setStatusCode(303)
        .putHeader(
            HttpHeaders.LOCATION,
            "/t?site="
                + site.key()
                + "&page="
                + encoded(form.value("page"))
                + "&around="
                + id
                + "#comment-"
                + id)
        .end();
  }

  /** The text must survive whatever went wrong with it. */
  private Future<Void> again(RoutingContext ctx, Site site, PlainForm form, Throwable cause) {
    if (!(cause instanceof FailureException known)) return Future.failedFuture(cause);
    List<FieldError> errors =
        known.failure() instanceof Failure.Invalid invalid ? invalid.errors() : List.of();
    String why = errors.isEmpty() ? known.failure().detail() : "Almost there:";
    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    Problems.retryAfter(known.failure()).ifPresent(s -> ctx.response().putHeader("Retry-After", s));
    return pages
        .view(site, form.value("page"), form.value("parent"))
        .otherwise(away -> pages.bare(site, form.value("page")))
        .compose(
            view ->
                PlainHtml.send(
                    ctx,
                    Problems.statusOf(known.failure()),
                    PlainPage.again(view, form, why, errors)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
