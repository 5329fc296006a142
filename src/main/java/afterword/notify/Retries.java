package afterword.notify;

import java.time.Duration;

/**
 * How long to wait after an attempt that came to nothing: ten seconds, then five times as long each
 * time, twelve hours at the most; a fifth more or less, so that what failed together does not come
 * back together. Eight attempts take about a day.
 */
final class Retries {
  static final int MOST = 8;
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final int FACTOR = 5;
  private static final double SPREAD = 0.2;

  private Retries() {}

  /**
   * @param attempts made so far, at least one
   * @param random from 0 to 1
   */
  static Duration pause(int attempts, double random) {
    double seconds = FIRST.toSeconds() * Math.pow(FACTOR, attempts - 1);
    double bounded = Math.min(seconds, LONGEST.toSeconds());
    return Duration.ofMillis(Math.round(1_000 * bounded * (1 - SPREAD + 2 * SPREAD * random)));
  }
}
