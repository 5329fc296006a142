package afterword.notice;

import afterword.http.ClientAddress;
import afterword.http.Fields;
import afterword.http.FormBody;
import afterword.http.PlainHtml;
import afterword.http.Problems;
import afterword.http.Query;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.PublicId;
import afterword.ratelimit.RateLimiter;
import afterword.ratelimit.Sender;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/**
 * Pages without script for who has their secret: what became of something, and the form of an
 * appeal. What was typed is on the page again whatever it was refused for.
 *
 * @param <V> what a page shows
 */
abstract class AppealPages<V> {
  private final Sites sites;
  private final RateLimiter limiter;
  private final ClientAddress addresses;

  AppealPages(Sites sites, RateLimiter limiter, ClientAddress addresses) {
    this.sites = sites;
    this.limiter = limiter;
    this.addresses = addresses;
  }

  /** What is shown to who has this secret; a wrong one looks like something that is not there. */
  abstract Future<V> opened(RoutingContext ctx, String token);

  /** The comment that all of it is about. */
  abstract PublicId comment(V view);

  abstract Future<?> appealed(V view, String text);

  /** Where the page is, with its secret. */
  abstract String path(V view);

  abstract String page(V view);

  /** With what was typed, and what is wrong with it. */
  abstract String again(V view, String typed, String problem, List<FieldError> errors);

  /** With what was typed, where nothing can be known of the rest right now. */
  abstract String unread(RoutingContext ctx, String token, String typed, String problem);

  /** GET of the page, with ?token */
  public final void show(RoutingContext ctx) {
    headers(ctx);
    Future.succeededFuture()
        .compose(begin -> opened(ctx, Query.one(ctx, "token").orElse("")))
        .compose(view -> PlainHtml.send(ctx, 200, page(view)))
        .onFailure(ctx::fail);
  }

  /** POST of its form. */
  public final void appeal(RoutingContext ctx) {
    headers(ctx);
    Future.succeededFuture()
        .map(
            begin -> {
              sites.requireOwnOrigin(ctx);
              return FormBody.of(ctx);
            })
        .compose(
            form -> {
              String token = form.getOrDefault("token", "");
              String typed = form.getOrDefault("appeal", "");
              return opened(ctx, token)
                  .compose(view -> appeal(ctx, view, typed))
                  .recover(cause -> unread(ctx, token, typed, cause));
            })
        .onFailure(ctx::fail);
  }

  private Future<Void> appeal(RoutingContext ctx, V view, String typed) {
    return read(ctx, comment(view), typed)
        .compose(text -> appealed(view, text))
        .compose(
            done ->
                ctx.response().setStatusCode(303).putHeader(HttpHeaders.LOCATION, path(view)).end())
        .recover(cause -> again(ctx, view, typed, cause));
  }

  /** The text; every attempt counts against the sender, one that says something as an appeal. */
  private Future<String> read(RoutingContext ctx, PublicId comment, String typed) {
    return sites
        .byId(comment.site())
        .map(
            found -> {
              var site = found.orElseThrow(FileNotice::noComment);
              byte[] range = addresses.rangeOf(ctx);
              limiter.take(Sender.on(site).from(range)).admit(ctx.response().headers());
              var fields = new Fields(Map.of("appeal", typed));
              String text = NoticeForm.explanation(fields, "appeal");
              fields.finish();
              limiter
                  .take(Sender.on(site).appealing(range, comment))
                  .admit(ctx.response().headers());
              return text;
            });
  }

  private Future<Void> again(RoutingContext ctx, V view, String typed, Throwable cause) {
    if (!(cause instanceof FailureException known)) return Future.failedFuture(cause);
    Failure failure = known.failure();
    List<FieldError> errors =
        failure instanceof Failure.Invalid invalid ? invalid.errors() : List.of();
    return refused(ctx, failure, again(view, typed, failure.detail(), errors));
  }

  private Future<Void> unread(RoutingContext ctx, String token, String typed, Throwable cause) {
    if (!FailureException.isNotNow(cause)) return Future.failedFuture(cause);
    Failure failure = ((FailureException) cause).failure();
    return refused(ctx, failure, unread(ctx, token, typed, failure.detail()));
  }

  private static Future<Void> refused(RoutingContext ctx, Failure failure, String page) {
    Problems.retryAfter(failure).ifPresent(s -> ctx.response().putHeader("Retry-After", s));
    return PlainHtml.send(ctx, Problems.statusOf(failure), page);
  }

  private static void headers(RoutingContext ctx) {
    PlainHtml.headers(ctx);
    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
