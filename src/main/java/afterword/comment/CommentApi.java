package afterword.comment;

import afterword.http.ClientAddress;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.http.Query;
import afterword.markup.Markup;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.Site;
import afterword.page.PageIdentity;
import afterword.ratelimit.RateLimiter;
import afterword.ratelimit.Sender;
import afterword.site.Sites;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;

/** What readers call to write. */
public final class CommentApi {
  private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7e]{16,128}");

  private final Sites sites;
  private final Intake intake;
  private final RateLimiter limiter;
  private final ClientAddress addresses;

  public CommentApi(Sites sites, Intake intake, RateLimiter limiter, ClientAddress addresses) {
    this.sites = sites;
    this.intake = intake;
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
    return new Intake.Post(SubmissionReader.of(JsonBody.of(ctx), site), key, true);
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
    OwnApi.send(
        ctx,
        comment,
        new JsonObject()
            .put("comment", CommentJson.forAuthor(comment))
            .put("ownerToken", posted.ownerToken()));
  }

  /** GET /api/v1/sites/{site}/challenge */
  public void challenge(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .map(site -> intake.challenge(site, PageIdentity.keyOf(Query.required(ctx, "page"))))
        .onSuccess(challenge -> noStore(ctx, new JsonObject(challenge.members())))
        .onFailure(ctx::fail);
  }

  private static void noStore(RoutingContext ctx, JsonObject answer) {
    ctx.response()
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Type", "application/json")
        .end(answer.toBuffer());
  }

  /** POST /api/v1/sites/{site}/preview */
  public void preview(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .map(site -> rendered(ctx, site))
        .onSuccess(html -> noStore(ctx, new JsonObject().put("html", html)))
        .onFailure(ctx::fail);
  }

  /** Counted apart from posts: nothing is stored. */
  private String rendered(RoutingContext ctx, Site site) {
    sites.requireOrigin(ctx, site);
    limiter
        .take(Sender.on(site).previewing(addresses.rangeOf(ctx)))
        .admit(ctx.response().headers());
    Fields fields = JsonBody.of(ctx);
    String body = SubmissionReader.bodyOrBlank(fields, Limits.TEXT);
    fields.finish();
    return Markup.render(body).html();
  }
}
