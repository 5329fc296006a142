package afterword.comment;

import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.keys.Keys;
import afterword.markup.Markup;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.ratelimit.RateLimiter;
import afterword.ratelimit.Sender;
import afterword.ratelimit.Taken;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What readers call to write, and to see what they wrote. */
public final class CommentApi {
  private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7e]{16,128}");

  private final Sites sites;
  private final Intake intake;
  private final CommentStore comments;
  private final OwnerTokens tokens;
  private final RateLimiter limiter;
  private final ClientAddress addresses;

  public CommentApi(
      Sites sites,
      Intake intake,
      Database database,
      Keys keys,
      RateLimiter limiter,
      ClientAddress addresses) {
    this.sites = sites;
    this.intake = intake;
    this.comments = new CommentStore(database);
    this.tokens = new OwnerTokens(keys);
    this.limiter = limiter;
    this.addresses = addresses;
  }

  /** POST /api/v1/sites/{site}/comments */
  public void post(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .compose(site -> intake.take(ctx, site, () -> read(ctx, site)))
        .onSuccess(posted -> answer(ctx, posted))
        .onFailure(ctx::fail);
  }

  private static Intake.Post read(RoutingContext ctx, Site site) {
    String key = idempotencyKey(ctx);
    return new Intake.Post(SubmissionReader.of(JsonBody.of(ctx), site), key);
  }

  private static String idempotencyKey(RoutingContext ctx) {
    List<String> keys = ctx.request().headers().getAll("Idempotency-Key");
    if (keys.size() == 1 && IDEMPOTENCY_KEY.matcher(keys.get(0)).matches()) return keys.get(0);
    throw FailureException.unreadable(
        keys.size() > 1
            ? "Send one Idempotency-Key."
            : "Send a header Idempotency-Key of 16 to 128 visible characters, new for each comment.");
  }

  private static void answer(RoutingContext ctx, Posted posted) {
    CommentRow comment = posted.comment();
    ctx.response()
        .setStatusCode(posted.answer())
        .putHeader("Location", ctx.request().path() + "/" + comment.id());
    send(
        ctx,
        comment,
        new JsonObject()
            .put("comment", CommentJson.forAuthor(comment))
            .put("ownerToken", posted.ownerToken()));
  }

  private static void send(RoutingContext ctx, CommentRow comment, JsonObject body) {
    ctx.response()
        .putHeader("ETag", "\"" + comment.version() + "\"")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Type", "application/json")
        .end(body.toBuffer());
  }

  /** GET /api/v1/sites/{site}/comments/{id} */
  public void show(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .compose(site -> comment(ctx, site))
        .onSuccess(
            comment -> send(ctx, comment, new JsonObject().put("comment", visible(ctx, comment))))
        .onFailure(ctx::fail);
  }

  private Future<CommentRow> comment(RoutingContext ctx, Site site) {
    PublicId id =
        PublicId.parse(ctx.pathParam("id"))
            .filter(comment -> comment.site() == site.id())
            .orElseThrow(CommentApi::missing);
    Optional<String> token = bearer(ctx);
    return comments
        .find(id)
        .map(
            found -> {
              CommentRow comment = found.orElseThrow(CommentApi::missing);
              if (token.isPresent() && !tokens.owns(token.get(), comment)) {
                throw FailureException.unauthenticated(
                    "This token does not belong to the comment.");
              }
              if (token.isEmpty() && comment.status() != Status.PUBLISHED) throw missing();
              return comment;
            });
  }

  /** The owner sees what was typed as well. */
  private static JsonObject visible(RoutingContext ctx, CommentRow comment) {
    return bearer(ctx).isPresent()
        ? CommentJson.forAuthor(comment)
        : CommentJson.of(comment, comment.status());
  }

  private static FailureException missing() {
    return FailureException.notFound("There is no such comment.");
  }

  private static Optional<String> bearer(RoutingContext ctx) {
    List<String> values = ctx.request().headers().getAll("Authorization");
    if (values.isEmpty()) return Optional.empty();
    boolean bearer = values.size() == 1 && values.get(0).regionMatches(true, 0, "Bearer ", 0, 7);
    if (!bearer) throw FailureException.unauthenticated("Send the owner token as \"Bearer …\".");
    return Optional.of(values.get(0).substring(7).strip());
  }

  /** POST /api/v1/sites/{site}/preview */
  public void preview(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .map(site -> rendered(ctx, site))
        .onSuccess(
            html ->
                ctx.response()
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Content-Type", "application/json")
                    .end(new JsonObject().put("html", html).toBuffer()))
        .onFailure(ctx::fail);
  }

  /** Counted apart from posts: nothing is stored. */
  private String rendered(RoutingContext ctx, Site site) {
    sites.requireOrigin(ctx, site);
    Taken taken = limiter.take(Sender.on(site).previewing(addresses.rangeOf(ctx)));
    taken.show(ctx.response().headers());
    taken.refusal().ifPresent(CommentApi::raise);
    Fields fields = JsonBody.of(ctx);
    String body = SubmissionReader.bodyOrBlank(fields, Limits.TEXT);
    fields.finish();
    return Markup.render(body).html();
  }

  private static void raise(FailureException refusal) {
    throw refusal;
  }
}
