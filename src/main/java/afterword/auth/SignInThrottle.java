package afterword.auth;

import afterword.model.Failure;
import afterword.model.FailureException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * How often sign-in may be tried: from one address twenty times at once and then every six seconds,
 * for one account ten times at once and then every half minute. Per process. Unknown accounts count
 * like known ones.
 */
final class SignInThrottle {
  private static final Rate ADDRESS = new Rate(20, Duration.ofSeconds(6));
  private static final Rate ACCOUNT = new Rate(10, Duration.ofSeconds(30));

  /** Token bucket as one number per key, the time at which it is full again (GCRA, ITU-T I.371). */
  private record Rate(int burst, Duration every) {
    long millis() {
      return every.toMillis();
    }
  }

  private final Clock clock;
  private final Cache<String, Long> keyToFullAt =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  SignInThrottle(Clock clock) {
    this.clock = clock;
  }

  /** Throws {@link Failure.TooMany} where this attempt is one too many. */
  void attempt(String address, String email) {
    take("address " + address, ADDRESS);
    take(account(email), ACCOUNT);
  }

  /** As above, where it is not known yet for which account. */
  void attempt(String address) {
    take("address " + address, ADDRESS);
  }

  /**
   * The account's owner was here: wrong attempts on it are forgotten, those from the address are
   * not.
   */
  void succeeded(String email) {
    keyToFullAt.invalidate(account(email));
  }

  private static String account(String email) {
    return "account " + email.toLowerCase(Locale.ROOT);
  }

  private void take(String key, Rate rate) {
    long now = clock.millis();
    long[] waitMillis = {0};
    keyToFullAt
        .asMap()
        .compute(
            key,
            (same, fullAt) -> {
              long next = Math.max(fullAt == null ? now : fullAt, now) + rate.millis();
              waitMillis[0] = next - now - rate.burst() * rate.millis();
              return waitMillis[0] > 0 ? fullAt : Long.valueOf(next);
            });
    if (waitMillis[0] > 0) {
      long seconds = (waitMillis[0] + 999) / 1000;
      throw new FailureException(
          new Failure.TooMany(
              "Too many attempts to sign in. Try again in " + seconds + " s.", seconds));
    }
  }
}
