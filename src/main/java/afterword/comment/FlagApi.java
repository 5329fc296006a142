package afterword.comment;

import afterword.http.ClientAddress;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.markup.PlainText;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.ratelimit.RateLimiter;
import afterword.ratelimit.Sender;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What readers report. The answer is the same whoever reported before, and whatever follows. */
public final class FlagApi {
  private static final String REASONS =
      Arrays.stream(FlagReason.values()).map(FlagReason::word).collect(Collectors.joining(", "));

  private final Sites sites;
  private final FlagComment flags;
  private final RateLimiter limiter;
  private final ClientAddress addresses;
  private final Keys keys;

  public FlagApi(
      Sites sites, FlagComment flags, RateLimiter limiter, ClientAddress addresses, Keys keys) {
    this.sites = sites;
    this.flags = flags;
    this.limiter = limiter;
    this.addresses = addresses;
    this.keys = keys;
  }

  /** POST /api/v1/sites/{site}/comments/{id}/flags */
  public void flag(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .compose(site -> take(ctx, site))
        .onSuccess(
            done -> ctx.response().setStatusCode(204).putHeader("Cache-Control", "no-store").end())
        .onFailure(ctx::fail);
  }

  private Future<Void> take(RoutingContext ctx, Site site) {
    sites.requireOrigin(ctx, site);
    count(ctx, Sender.on(site).from(addresses.rangeOf(ctx)));
    Fields fields = JsonBody.of(ctx);
    Optional<FlagReason> reason = reason(fields);
    Optional<String> note =
        fields.text("note", Limits.NOTE).map(PlainText::body).filter(text -> !text.isBlank());
    String key = SubmissionReader.requiredCommenterKey(fields);
    fields.finish();
    byte[] reporter = keys.hash(Purpose.COMMENTER, Integer.toString(site.id()), key);
    count(ctx, Sender.on(site).by(reporter));
    var client = new Client(addresses.of(ctx), addresses.rangeOf(ctx));
    return flags.flag(site, id(ctx, site), key, reason.orElseThrow(), note, client);
  }

  private static Optional<FlagReason> reason(Fields fields) {
    String word = fields.requiredText("reason", 32);
    Optional<FlagReason> reason = FlagReason.of(word);
    if (reason.isEmpty() && !word.isEmpty())
      fields.wrong("reason", "unknown", "Send one of " + REASONS + ".");
    return reason;
  }

  private void count(RoutingContext ctx, Sender sender) {
    limiter.take(sender).admit(ctx.response().headers());
  }

  private static PublicId id(RoutingContext ctx, Site site) {
    return PublicId.parse(ctx.pathParam("id"))
        .filter(id -> id.site() == site.id())
        .orElseThrow(() -> FailureException.notFound("There is no such comment."));
  }
}
