package afterword.notice;

import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.http.FormBody;
import afterword.http.PlainHtml;
import afterword.http.Query;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.notice.NoticeStore.Sent;
import afterword.ratelimit.RateLimiter;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Where the sender of a notice, who has its secret, sees what became of it and appeals. */
public final class ReceiptApi {
  private final Database database;
  private final Sites sites;
  private final NoticeStore notices = new NoticeStore();
  private final Statements statements = new Statements();
  private final Appeals appeals;
  private final AppealIntake intake;
  private final String publicBaseUrl;
  private final Clock clock;

  public ReceiptApi(
      Database database,
      Sites sites,
      Appeals appeals,
      RateLimiter limiter,
      ClientAddress addresses,
      String publicBaseUrl,
      Clock clock) {
    this.database = database;
    this.sites = sites;
    this.appeals = appeals;
    this.intake = new AppealIntake(sites, limiter, addresses);
    this.publicBaseUrl = publicBaseUrl;
    this.clock = clock;
  }

  /** The secret stands in the query, because paths are logged. */
  static String path(Receipt receipt) {
    return "/notices/" + receipt.number() + "?token=" + receipt.token();
  }

  /** GET /notices/{receipt}?token */
  public void show(RoutingContext ctx) {
    headers(ctx);
    Future.succeededFuture()
        .compose(begin -> opened(ctx, Query.one(ctx, "token").orElse("")))
        .compose(view -> PlainHtml.send(ctx, 200, ReceiptPage.page(view)))
        .onFailure(ctx::fail);
  }

  /** POST /notices/{receipt} */
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

  private Future<Void> appeal(RoutingContext ctx, ReceiptPage.View view, String typed) {
    return intake
        .read(ctx, view.sent().comment(), typed)
        .compose(text -> appeals.ofSender(view.receipt().id(), view.sent(), text))
        .compose(
            done ->
                ctx.response()
                    .setStatusCode(303)
                    .putHeader(HttpHeaders.LOCATION, path(view.receipt()))
                    .end())
        .recover(cause -> again(ctx, view, typed, cause));
  }

  private static Future<Void> again(
      RoutingContext ctx, ReceiptPage.View view, String typed, Throwable cause) {
    if (!(cause instanceof FailureException known)) return Future.failedFuture(cause);
    String page =
        ReceiptPage.again(view, typed, known.failure().detail(), AppealIntake.errors(known));
    return AppealIntake.refused(ctx, known.failure(), page);
  }

  /** The text must survive that nothing can be known of its receipt right now. */
  private static Future<Void> unread(
      RoutingContext ctx, String token, String typed, Throwable cause) {
    if (!FailureException.isNotNow(cause)) return Future.failedFuture(cause);
    PublicId id = Receipt.idOf(ctx.pathParam("receipt")).orElseThrow(ReceiptApi::missing);
    Failure failure = ((FailureException) cause).failure();
    return AppealIntake.refused(
        ctx, failure, ReceiptPage.unread(new Receipt(id, token), typed, failure.detail()));
  }

  /** A wrong secret looks like a notice that is not there. */
  private Future<ReceiptPage.View> opened(RoutingContext ctx, String token) {
    PublicId id = Receipt.idOf(ctx.pathParam("receipt")).orElseThrow(ReceiptApi::missing);
    return database
        .readCurrent(client -> notices.sent(client, id))
        .map(
            found ->
                found
                    .filter(sent -> Receipt.opens(token, sent.tokenHash()))
                    .orElseThrow(ReceiptApi::missing))
        .compose(sent -> view(new Receipt(id, token), sent));
  }

  private Future<ReceiptPage.View> view(Receipt receipt, Sent sent) {
    Future<List<Reasoned>> decisions =
        sent.decision()
            .map(
                first ->
                    database.readCurrent(
                        client ->
                            statements.since(
                                client, sent.comment(), Optional.of(receipt.id().row()), first)))
            .orElse(Future.succeededFuture(List.of()));
    return Future.all(decisions, appeals.alone(receipt.id().site()))
        .map(
            both ->
                new ReceiptPage.View(
                    receipt,
                    sent,
                    both.resultAt(0),
                    publicBaseUrl + path(receipt),
                    both.resultAt(1),
                    clock.instant()));
  }

  private static void headers(RoutingContext ctx) {
    PlainHtml.headers(ctx);
    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static FailureException missing() {
    return FailureException.notFound("There is no such notice, or its address is not complete.");
  }
}
