package afterword.notice;

import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.http.FormBody;
import afterword.http.PlainHtml;
import afterword.http.Query;
import afterword.keys.Keys;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.ratelimit.RateLimiter;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Where the author of a comment, who has its secret, reads why it was taken down and appeals. */
public final class ReasonsApi {
  private final Database database;
  private final Sites sites;
  private final Statements statements = new Statements();
  private final Appeals appeals;
  private final AppealIntake intake;
  private final Keys keys;
  private final Clock clock;

  public ReasonsApi(
      Database database,
      Sites sites,
      Appeals appeals,
      RateLimiter limiter,
      ClientAddress addresses,
      Keys keys,
      Clock clock) {
    this.database = database;
    this.sites = sites;
    this.appeals = appeals;
    this.intake = new AppealIntake(sites, limiter, addresses);
    this.keys = keys;
    this.clock = clock;
  }

  /** GET /c/{id}/reasons?token */
  public void show(RoutingContext ctx) {
    headers(ctx);
    Future.succeededFuture()
        .compose(begin -> opened(ctx, Query.one(ctx, "token").orElse("")))
        .compose(view -> PlainHtml.send(ctx, 200, ReasonsPage.page(view)))
        .onFailure(ctx::fail);
  }

  /** POST /c/{id}/reasons */
  public void appeal(RoutingContext ctx) {
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

  private Future<Void> appeal(RoutingContext ctx, ReasonsPage.View view, String typed) {
    return intake
        .read(ctx, view.comment(), typed)
        .compose(text -> appeals.ofAuthor(view.comment(), text))
        .compose(
            done ->
                ctx.response()
                    .setStatusCode(303)
                    .putHeader(HttpHeaders.LOCATION, ReasonsLink.path(keys, view.comment()))
                    .end())
        .recover(cause -> again(ctx, view, typed, cause));
  }

  private static Future<Void> again(
      RoutingContext ctx, ReasonsPage.View view, String typed, Throwable cause) {
    if (!(cause instanceof FailureException known)) return Future.failedFuture(cause);
    String page =
        ReasonsPage.again(view, typed, known.failure().detail(), AppealIntake.errors(known));
    return AppealIntake.refused(ctx, known.failure(), page);
  }

  /** The text must survive that nothing can be known of the comment right now. */
  private static Future<Void> unread(
      RoutingContext ctx, String token, String typed, Throwable cause) {
    if (!FailureException.isNotNow(cause)) return Future.failedFuture(cause);
    Failure failure = ((FailureException) cause).failure();
    return AppealIntake.refused(
        ctx, failure, ReasonsPage.unread(comment(ctx), token, typed, failure.detail()));
  }

  private static final String WRITTEN =
      "select html from comment where site_id = $1 and id = $2 and owner_token_hash <> ''";

  /** A wrong secret looks like a comment that is not there; so does one that was erased. */
  private Future<ReasonsPage.View> opened(RoutingContext ctx, String token) {
    PublicId id = comment(ctx);
    if (!ReasonsLink.opens(keys, id, token)) throw missing();
    return database
        .readCurrent(client -> client.preparedQuery(WRITTEN).execute(Tuple.of(id.site(), id.row())))
        .compose(
            rows -> {
              for (Row row : rows) return view(id, token, row.getString(0));
              throw missing();
            });
  }

  private Future<ReasonsPage.View> view(PublicId id, String token, String html) {
    Future<List<Reasoned>> decisions =
        database.readCurrent(client -> statements.since(client, id, Optional.empty(), 0));
    return Future.all(decisions, appeals.alone(id.site()))
        .map(
            both ->
                new ReasonsPage.View(
                    id, token, html, told(both.resultAt(0)), both.resultAt(1), clock.instant()));
  }

  /** Those with reasons, and what was done since the last of these. */
  private static List<Reasoned> told(List<Reasoned> decisions) {
    if (decisions.stream().noneMatch(ReasonsApi::isTold)) return List.of();
    Reasoned last = decisions.get(decisions.size() - 1);
    return decisions.stream().filter(one -> isTold(one) || one == last && !one.isGone()).toList();
  }

  private static boolean isTold(Reasoned decision) {
    return decision.statement().isPresent() && !decision.isGone();
  }

  private static PublicId comment(RoutingContext ctx) {
    return PublicId.parse(ctx.pathParam("id")).orElseThrow(ReasonsApi::missing);
  }

  private static void headers(RoutingContext ctx) {
    PlainHtml.headers(ctx);
    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static FailureException missing() {
    return FailureException.notFound("There is no such comment, or its address is not complete.");
  }
}
