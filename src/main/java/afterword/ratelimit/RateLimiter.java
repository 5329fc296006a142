package afterword.ratelimit;

import afterword.ratelimit.Sender.Bucket;
import afterword.ratelimit.Sender.Key;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;

/**
 * Token buckets, one per sender and policy, kept as the instant at which the bucket is full again
 * (GCRA): a bucket nobody remembers is a full one, so forgetting old ones is right. One per
 * process: n pods admit up to n times as much.
 */
public final class RateLimiter {
  private static final int MOST_BUCKETS = 100_000;
  private static final Duration LONGEST_WINDOW = Duration.ofHours(6);

  private final Clock clock;
  private final Cache<Key, Long> keyToFullAt =
      Caffeine.newBuilder().maximumSize(MOST_BUCKETS).expireAfterWrite(LONGEST_WINDOW).build();

  public RateLimiter(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes one token from each bucket of the sender in turn, up to the first empty one: what was
   * taken before stays taken, because every attempt counts.
   */
  public Taken take(Sender sender) {
    var standings = new ArrayList<Standing>();
    for (Bucket bucket : sender.buckets()) {
      Standing standing = take(bucket);
      standings.add(standing);
      if (!standing.allowed()) break;
    }
    return new Taken(this, standings);
  }

  /** How it stands, nothing taken. */
  public Taken peek(Sender sender) {
    long now = clock.millis();
    return new Taken(
        this, sender.buckets().stream().map(bucket -> standing(bucket, now, 1)).toList());
  }

  private Standing take(Bucket bucket) {
    long now = clock.millis();
    var standing = new Standing[1];
    keyToFullAt
        .asMap()
        .compute(
            bucket.key(),
            (key, fullAt) -> {
              long from = now + used(fullAt, bucket.policy(), now);
              long after = from + bucket.policy().everyMillis();
              boolean allowed = after - now <= bucket.policy().windowMillis();
              standing[0] = new Standing(bucket, (allowed ? after : from) - now, allowed, allowed);
              return allowed ? after : from;
            });
    return standing[0];
  }

  private Standing standing(Bucket bucket, long now, int wanted) {
    Long fullAt = keyToFullAt.getIfPresent(bucket.key());
    long used = used(fullAt, bucket.policy(), now);
    boolean allowed =
        used + wanted * bucket.policy().everyMillis() <= bucket.policy().windowMillis();
    return new Standing(bucket, used, allowed, false);
  }

  /** An empty bucket refills within its window, even where the clock was set back meanwhile. */
  private static long used(Long fullAt, Policy policy, long now) {
    return fullAt == null ? 0 : Math.max(0, Math.min(fullAt - now, policy.windowMillis()));
  }

  void giveBack(Bucket bucket) {
    keyToFullAt
        .asMap()
        .computeIfPresent(bucket.key(), (key, fullAt) -> fullAt - bucket.policy().everyMillis());
  }
}
