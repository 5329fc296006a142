package afterword.notice;

import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.PublicId;
import afterword.notice.NoticeStore.Sent;
import afterword.ratelimit.RateLimiter;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Where the sender of a notice, who has its secret, sees what became of it and appeals: {@code
 * /notices/{receipt}}.
 */
public final class ReceiptApi extends AppealPages<ReceiptPage.View> {
  private final Database database;
  private final NoticeStore notices = new NoticeStore();
  private final Statements statements = new Statements();
  private final Appeals appeals;
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
    super(sites, limiter, addresses);
    this.database = database;
    this.appeals = appeals;
    this.publicBaseUrl = publicBaseUrl;
    this.clock = clock;
  }

  /** The secret stands in the query, because paths are logged. */
  static String path(Receipt receipt) {
    return "/notices/" + receipt.number() + "?token=" + receipt.token();
  }

  @Override
  PublicId comment(ReceiptPage.View view) {
    return view.sent().comment();
  }

  @Override
  Future<?> appealed(ReceiptPage.View view, String text) {
    return appeals.ofSender(view.receipt().id(), view.sent(), text);
  }

  @Override
  String path(ReceiptPage.View view) {
    return path(view.receipt());
  }

  @Override
  String page(ReceiptPage.View view) {
    return ReceiptPage.page(view);
  }

  @Override
  String again(ReceiptPage.View view, String typed, String problem, List<FieldError> errors) {
    return ReceiptPage.again(view, typed, problem, errors);
  }

  @Override
  String unread(RoutingContext ctx, String token, String typed, String problem) {
    return ReceiptPage.unread(new Receipt(receipt(ctx), token), typed, problem);
  }

  @Override
  Future<ReceiptPage.View> opened(RoutingContext ctx, String token) {
    PublicId id = receipt(ctx);
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

  private static PublicId receipt(RoutingContext ctx) {
    return Receipt.idOf(ctx.pathParam("receipt")).orElseThrow(ReceiptApi::missing);
  }

  private static FailureException missing() {
    return FailureException.notFound("There is no such notice, or its address is not complete.");
  }
}
