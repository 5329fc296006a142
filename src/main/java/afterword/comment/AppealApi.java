package afterword.comment;

import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.keys.Keys;
import afterword.markup.PlainText;
import afterword.model.Limits;
import afterword.model.Site;
import afterword.notice.Appeals;
import afterword.ratelimit.RateLimiter;
import afterword.ratelimit.Sender;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** The author of a comment appeals against what took it down. */
public final class AppealApi {
  private final Sites sites;
  private final OwnComments comments;
  private final Appeals appeals;
  private final RateLimiter limiter;
  private final ClientAddress addresses;

  public AppealApi(
      Sites sites,
      Appeals appeals,
      Database database,
      Keys keys,
      RateLimiter limiter,
      ClientAddress addresses) {
    this.sites = sites;
    this.comments = new OwnComments(database, keys);
    this.appeals = appeals;
    this.limiter = limiter;
    this.addresses = addresses;
  }

  /** POST /api/v1/sites/{site}/comments/{id}/appeals */
  public void appeal(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .compose(site -> appeal(ctx, site))
        .onSuccess(
            done -> ctx.response().setStatusCode(204).putHeader("Cache-Control", "no-store").end())
        .onFailure(ctx::fail);
  }

  private Future<Void> appeal(RoutingContext ctx, Site site) {
    sites.requireOrigin(ctx, site);
    byte[] range = addresses.rangeOf(ctx);
    count(ctx, Sender.on(site).from(range));
    Fields fields = JsonBody.of(ctx);
    String text = fields.requiredText("text", Limits.EXPLANATION);
    if (PlainText.isBlank(text) && !fields.isWrong("text"))
      fields.wrong("text", "required", "Say why.");
    fields.finish();
    return comments
        .own(ctx, site, OwnComments.required(ctx))
        .compose(
            comment -> {
              if (!comment.down()) throw Appeals.nothingDecided();
              count(ctx, Sender.on(site).appealing(range, comment.id()));
              return appeals.ofAuthor(comment.id(), PlainText.body(text));
            });
  }

  private void count(RoutingContext ctx, Sender sender) {
    limiter.take(sender).admit(ctx.response().headers());
  }
}
