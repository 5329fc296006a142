package afterword.notice;

import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.keys.Keys;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.PublicId;
import afterword.ratelimit.RateLimiter;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Where the author of a comment, who has its secret, reads why it was taken down and appeals:
 * {@code /c/{id}/reasons}.
 */
public final class ReasonsApi extends AppealPages<ReasonsPage.View> {
  private final Database database;
  private final Statements statements = new Statements();
  private final Appeals appeals;
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
    super(sites, limiter, addresses);
    this.database = database;
    this.appeals = appeals;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  PublicId comment(ReasonsPage.View view) {
    return view.comment();
  }

  @Override
  Future<?> appealed(ReasonsPage.View view, String text) {
    return appeals.ofAuthor(view.comment(), text);
  }

  @Override
  String path(ReasonsPage.View view) {
    return ReasonsLink.path(keys, view.comment());
  }

  @Override
  String page(ReasonsPage.View view) {
    return ReasonsPage.page(view);
  }

  @Override
  String again(ReasonsPage.View view, String typed, String problem, List<FieldError> errors) {
    return ReasonsPage.again(view, typed, problem, errors);
  }

  @Override
  String unread(RoutingContext ctx, String token, String typed, String problem) {
    return ReasonsPage.unread(comment(ctx), token, typed, problem);
  }

  private static final String WRITTEN =
      "select html from comment where site_id = $1 and id = $2 and owner_token_hash <> ''";

  /** What was erased looks like what is not there, too. */
  @Override
  Future<ReasonsPage.View> opened(RoutingContext ctx, String token) {
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

  private static FailureException missing() {
    return FailureException.notFound("There is no such comment, or its address is not complete.");
  }
}
