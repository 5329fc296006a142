package afterword.keys;

import afterword.keys.Keys.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time at which a form was made, signed: it says how long somebody wrote, and is over after a
 * day.
 */
public final class Stamps {
  private static final Duration VALID = Duration.ofDays(1);

  private final Keys keys;
  private final Clock clock;

  public Stamps(Keys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  public String now() {
    String second = Long.toString(clock.instant().getEpochSecond(), 36);
    return second + "." + signature(second);
  }

  /** Empty where it is not one of ours, or is over. */
  public Optional<Instant> read(String stamp) {
    String[] parts = stamp.split("\\.", 2);
    if (parts.length != 2 || !parts[0].matches("[0-9a-z]{1,10}") || !isSigned(parts[0], parts[1])) {
      return Optional.empty();
    }
    return Optional.of(Instant.ofEpochSecond(Long.parseLong(parts[0], 36)))
        .filter(made -> made.plus(VALID).isAfter(clock.instant()));
  }

  private String signature(String second) {
    return shortened(keys.token(Purpose.STAMP, second));
  }

  private boolean isSigned(String second, String signature) {
    return keys.tokens(Purpose.STAMP, second).stream()
        .anyMatch(token -> Keys.same(signature, shortened(token)));
  }

  private static String shortened(String token) {
    return token.substring(0, 22);
  }
}
