package afterword.comment;

import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.keys.Keys;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Problem;
import afterword.model.Site;
import afterword.model.Status;
import afterword.notice.ReasonsLink;
import afterword.notice.Statements;
import afterword.ratelimit.RateLimiter;
import afterword.ratelimit.Sender;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One comment: for everybody while it is public, and for its author, who shows the owner token. */
public final class OwnApi {
  private final Sites sites;
  private final OwnComments comments;
  private final ChangeOwn changes;
  private final Database database;
  private final Statements statements = new Statements();
  private final Clock clock;
  private final RateLimiter limiter;
  private final ClientAddress addresses;
  private final Keys keys;
  private final String publicBaseUrl;

  public OwnApi(
      Sites sites,
      ChangeOwn changes,
      Database database,
      Keys keys,
      RateLimiter limiter,
      ClientAddress addresses,
      String publicBaseUrl,
      Clock clock) {
    this.sites = sites;
    this.changes = changes;
    this.comments = new OwnComments(database, keys);
    this.database = database;
    this.clock = clock;
    this.limiter = limiter;
    this.addresses = addresses;
    this.keys = keys;
    this.publicBaseUrl = publicBaseUrl;
  }

  /** GET /api/v1/sites/{site}/comments/{id} */
  public void show(RoutingContext ctx) {
    Optional<String> token = OwnComments.bearer(ctx);
    sites
        .byKey(ctx.pathParam("site"))
        .compose(
            site ->
                token.isPresent()
                    ? comments.own(ctx, site, token.get()).compose(this::withReasons)
                    : published(ctx, site)
                        .map(
                            comment ->
                                new Shown(comment, CommentJson.of(comment, comment.status()))))
        .onSuccess(shown -> send(ctx, shown.comment, new JsonObject().put("comment", shown.json)))
        .onFailure(ctx::fail);
  }

  private record Shown(CommentRow comment, JsonObject json) {}

  /**
   * Of what moderators have taken down: why, where they have said it, until when one may appeal,
   * and where.
   */
  private Future<Shown> withReasons(CommentRow comment) {
    var shown = new Shown(comment, CommentJson.forAuthor(comment));
    if (!comment.down()) return Future.succeededFuture(shown);
    return database
        .readCurrent(client -> statements.removal(client, comment.id()))
        .map(
            removal -> {
              String url = publicBaseUrl + ReasonsLink.path(keys, comment.id());
              shown.json.put(
                  "statement",
                  removal.map(r -> r.json(clock.instant()).put("url", url)).orElse(null));
              return shown;
            });
  }

  /** PATCH /api/v1/sites/{site}/comments/{id} */
  public void edit(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .compose(
            site -> {
              admit(ctx, site);
              Fields fields = JsonBody.of(ctx);
              String body = SubmissionReader.body(fields, site.settings().maxLength());
              fields.finish();
              return atVersion(ctx, site)
                  .compose(comment -> changes.edit(site, comment, body, client(ctx)));
            })
        .onSuccess(comment -> answer(ctx, comment, true))
        .onFailure(ctx::fail);
  }

  /** DELETE /api/v1/sites/{site}/comments/{id} */
  public void withdraw(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .compose(
            site -> {
              admit(ctx, site);
              return atVersion(ctx, site).compose(changes::withdraw);
            })
        .onSuccess(
            done -> ctx.response().setStatusCode(204).putHeader("Cache-Control", "no-store").end())
        .onFailure(ctx::fail);
  }

  static void answer(RoutingContext ctx, CommentRow comment, boolean own) {
    JsonObject shown =
        own ? CommentJson.forAuthor(comment) : CommentJson.of(comment, comment.status());
    send(ctx, comment, new JsonObject().put("comment", shown));
  }

  static void send(RoutingContext ctx, CommentRow comment, JsonObject body) {
    ctx.response()
        .putHeader("ETag", tag(comment))
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Type", "application/json")
        .end(body.toBuffer());
  }

  private static String tag(CommentRow comment) {
    return '"' + Integer.toString(comment.version()) + '"';
  }

  /** Origin, then limits: every attempt counts. */
  private void admit(RoutingContext ctx, Site site) {
    sites.requireOrigin(ctx, site);
    limiter.take(Sender.on(site).from(addresses.rangeOf(ctx))).admit(ctx.response().headers());
  }

  private Client client(RoutingContext ctx) {
    return new Client(
        addresses.of(ctx), addresses.rangeOf(ctx), true, addresses.isContradicted(ctx));
  }

  private Future<CommentRow> atVersion(RoutingContext ctx, Site site) {
    String token = OwnComments.required(ctx);
    List<String> wanted = ctx.request().headers().getAll("If-Match");
    if (wanted.size() != 1) {
      String detail = "Send one If-Match with the ETag of the comment that you have seen.";
      throw new FailureException(new Failure.Required(Problem.IF_MATCH_REQUIRED, detail, Map.of()));
    }
    return comments
        .own(ctx, site, token)
        .map(
            comment -> {
              boolean gone = comment.status() == Status.DELETED;
              if (gone || wanted.get(0).equals("*") || wanted.get(0).strip().equals(tag(comment)))
                return comment;
              throw ChangeOwn.stale(comment);
            });
  }

  private Future<CommentRow> published(RoutingContext ctx, Site site) {
    return comments
        .find(ctx, site)
        .map(
            comment -> {
              if (comment.status() == Status.PUBLISHED) return comment;
              throw OwnComments.missing();
            });
  }
}
