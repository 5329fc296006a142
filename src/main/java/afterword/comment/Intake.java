package afterword.comment;

import afterword.http.ClientAddress;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.FailureException;
import afterword.model.Site;
import afterword.model.Submission;
import afterword.notice.ReasonsLink;
import afterword.ratelimit.RateLimiter;
import afterword.ratelimit.Sender;
import afterword.ratelimit.Taken;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way in for every post, whatever its form: first the origin, then the limits, then what was
 * sent. Every attempt counts, except repeats of a stored key.
 */
public final class Intake {
  private final Sites sites;
  private final PostComment posting;
  private final RateLimiter limiter;
  private final ClientAddress addresses;
  private final Keys keys;

  public Intake(
      Sites sites, PostComment posting, RateLimiter limiter, ClientAddress addresses, Keys keys) {
    this.sites = sites;
    this.posting = posting;
    this.limiter = limiter;
    this.addresses = addresses;
    this.keys = keys;
  }

  /**
   * A submission and the key under which its answer is kept.
   *
   * @param scripted whether its sender can solve a challenge
   */
  public record Post(Submission submission, String idempotencyKey, boolean scripted) {}

  /**
   * @param read what was sent; throws what is wrong with it
   */
  public Future<Posted> take(RoutingContext ctx, Site site, Supplier<Post> read) {
    sites.requireOrigin(ctx, site);
    byte[] range = addresses.rangeOf(ctx);
    Taken first = count(ctx, Sender.on(site).from(range));
    Post post = readOrRefuse(first, read);
    var client =
        new Client(addresses.of(ctx), range, post.scripted(), addresses.isContradicted(ctx));
    Taken second = count(ctx, person(site, post.submission()));
    return first
        .refusal()
        .or(second::refusal)
        .map(
            refusal ->
                posting.repeatOnly(site, post.submission(), post.idempotencyKey(), client, refusal))
        .orElseGet(() -> posting.post(site, post.submission(), post.idempotencyKey(), client))
        .onSuccess(
            posted -> {
              if (!posted.repeated()) return;
              first.giveBack();
              second.giveBack();
            });
  }

  /** Where its author reads what was decided on it and why; whoever has it does. */
  public String reasonsOf(Posted posted) {
    return ReasonsLink.path(keys, posted.comment().id());
  }

  /** What a post to the page may be asked to solve. */
  Challenge challenge(Site site, String pageKey) {
    return posting.challenge(site, pageKey);
  }

  private Taken count(RoutingContext ctx, Sender sender) {
    Taken taken = limiter.take(sender);
    taken.show(ctx.response().headers());
    return taken;
  }

  /** Who writes too often is told that first, whatever else is wrong. */
  private static Post readOrRefuse(Taken taken, Supplier<Post> read) {
    try {
      return read.get();
    } catch (FailureException wrong) {
      throw taken.refusal().orElse(wrong);
    }
  }

  private Sender person(Site site, Submission submission) {
    Sender sender = Sender.on(site).onto(submission.page().key()).onSite();
    Optional<byte[]> commenter =
        submission
            .commenterKey()
            .map(key -> keys.hash(Purpose.COMMENTER, Integer.toString(site.id()), key));
    return commenter.map(sender::by).orElse(sender);
  }
}
