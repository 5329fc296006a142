package afterword.ratelimit;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;

/** The outcome of one attempt to write. */
public final class Taken {
  private final RateLimiter limiter;
  private final List<Standing> standings;

  Taken(RateLimiter limiter, List<Standing> standings) {
    this.limiter = limiter;
    this.standings = standings;
  }

  /** 429 with the time to wait, where a bucket was empty. */
  public Optional<FailureException> refusal() {
    return standings.stream()
        .filter(standing -> !standing.allowed())
        .findFirst()
        .map(Taken::refusal);
  }

  /** Undoes the taking: a repeat of a stored post does not count. */
  public void giveBack() {
    standings.stream()
        .filter(Standing::taken)
        .forEach(standing -> limiter.giveBack(standing.bucket()));
  }

  /**
   * Adds {@code RateLimit} and {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-10).
   */
  public void show(MultiMap headers) {
    append(headers, "RateLimit", standings.stream().map(Standing::limit).toList());
    append(headers, "RateLimit-Policy", standings.stream().map(Standing::policy).toList());
  }

  /** Says in the answer's headers how it stands, and fails where a bucket was empty. */
  public void admit(MultiMap headers) {
    show(headers);
    Optional<FailureException> refusal = refusal();
    if (refusal.isPresent()) throw refusal.get();
  }

  private static void append(MultiMap headers, String name, List<String> items) {
    String before = headers.get(name);
    String all = String.join(", ", items);
    headers.set(name, before == null ? all : before + ", " + all);
  }

  private static FailureException refusal(Standing standing) {
    long seconds = standing.retryAfterSeconds();
    return new FailureException(
        new Failure.TooMany(
            "Too many at once. Your text is not lost; try again in " + seconds + " s.", seconds));
  }
}
