package afterword.comment;

import afterword.http.ClientAddress;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.markup.Markup;
import afterword.markup.PlainText;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.Status;
import afterword.model.Submission;
import afterword.page.PageIdentity;
import afterword.ratelimit.RateLimiter;
import afterword.ratelimit.Sender;
import afterword.ratelimit.Taken;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** What readers call to write, and to see what they wrote. */
public final class CommentApi {
  private final Sites sites;
  private final PostComment posting;
  private final CommentStore comments;
  private final OwnerTokens tokens;
  private final Keys keys;
  private final RateLimiter limiter;
  private final ClientAddress addresses;

  public CommentApi(
      Sites sites, PostComment posting, afterword.db.Database database, Keys keys, RateLimiter limiter,
      ClientAddress addresses) {
    this.sites = sites;
    this.posting = posting;
    this.comments = new CommentStore(database);
    this.tokens = new OwnerTokens(keys);
    this.keys = keys;
    this.limiter = limiter;
    this.addresses = addresses;
  }

  /** POST /api/v1/sites/{site}/comments */
  public void post(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .compose(site -> post(ctx, site))
        .onSuccess(posted -> answer(ctx, posted))
        .onFailure(ctx::fail);
  }

  private Future<Posted> post(RoutingContext ctx, Site site) {
    sites.requireOrigin(ctx, site);
    String key = idempotencyKey(ctx);
    byte[] range = addresses.rangeOf(ctx);
    Taken taken = limiter.take(Sender.on(site).from(range));
    taken.show(ctx.response().headers());
    Submission submission;
    try {
      submission = SubmissionReader.of(JsonBody.of(ctx), site);
      submission.page().url().ifPresent(url -> PageIdentity.addressOn(site, url));
    } catch (FailureException wrong) {
      return Future.failedFuture(taken.refusal().orElse(wrong));
    }
    Taken more = limiter.take(person(site, submission));
    more.show(ctx.response().headers());
    var client = new Client(addresses.of(ctx), range);
    Optional<FailureException> refusal = taken.refusal().or(more::refusal);
    Future<Posted> posted =
        refusal.isPresent()
            ? posting.repeatOnly(site, submission, key, client, refusal.get())
            : posting.post(site, submission, key, client);
    return posted.onSuccess(
        p -> {
          if (!p.repeated()) return;
          taken.giveBack();
          more.giveBack();
        });
  }

  private Sender person(Site site, Submission submission) {
    Sender sender = Sender.on(site).onto(submission.page().key());
    return submission
        .commenterKey()
        .map(key -> sender.by(keys.hash(Purpose.COMMENTER, Integer.toString(site.id()), key)))
        .orElse(sender);
  }

  private static String idempotencyKey(RoutingContext ctx) {
    List<String> keys = ctx.request().headers().getAll("Idempotency-Key");
    if (keys.size() == 1 && keys.get(0).matches("[\\x21-\\x7e]{16,128}")) return keys.get(0);
    throw FailureException.unreadable(
        keys.size() > 1
            ? "Send one Idempotency-Key."
            : "Send a header Idempotency-Key of 16 to 128 visible characters, new for each comment.");
  }

  private static void answer(RoutingContext ctx, Posted posted) {
    CommentRow comment = posted.comment();
    JsonObject body =
        new JsonObject().put("comment", CommentJson.forAuthor(comment)).put("ownerToken", posted.ownerToken());
    ctx.response()
        .setStatusCode(posted.answer())
        .putHeader("Location", ctx.request().path() + "/" + comment.id())
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Type", "application/json")
        .end(body.toBuffer());
  }

  /** GET /api/v1/sites/{site}/comments/{id} */
  public void show(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .compose(site -> visible(ctx, site))
        .onSuccess(
            body ->
                ctx.response()
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Content-Type", "application/json")
                    .end(new JsonObject().put("comment", body).toBuffer()))
        .onFailure(ctx::fail);
  }

  private Future<JsonObject> visible(RoutingContext ctx, Site site) {
    FailureException missing = FailureException.notFound("There is no such comment.");
    Optional<PublicId> id = PublicId.parse(ctx.pathParam("id")).filter(comment -> comment.site() == site.id());
    if (id.isEmpty()) return Future.failedFuture(missing);
    Optional<String> token = bearer(ctx);
    return comments
        .find(id.get())
        .map(
            found -> {
              CommentRow comment = found.orElseThrow(() -> missing);
              if (token.isPresent()) {
                if (tokens.owns(token.get(), comment)) return CommentJson.forAuthor(comment);
                throw FailureException.unauthenticated("This token does not belong to the comment.");
              }
              if (comment.status() != Status.PUBLISHED) throw missing;
              return CommentJson.of(comment, comment.status());
            });
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

  private String rendered(RoutingContext ctx, Site site) {
    sites.requireOrigin(ctx, site);
    Taken taken = limiter.take(Sender.on(site).from(addresses.rangeOf(ctx)));
    taken.show(ctx.response().headers());
    taken.refusal().ifPresent(
        refusal -> {
          throw refusal;
        });
    Fields fields = JsonBody.of(ctx);
    String body = fields.text("body", Limits.TEXT).map(PlainText::body).orElse("");
    fields.finish();
    return Markup.render(body).html();
  }
}
