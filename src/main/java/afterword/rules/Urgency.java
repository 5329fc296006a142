package afterword.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * When a comment is due: its age plus its weight, as a time that needs no recomputing. What weighs
 * e times as much is due {@link #HEAD_START} earlier.
 */
public final class Urgency {
  private static final Duration HEAD_START = Duration.ofMinutes(30);

  /** What is certainly spam weighs as much as a blocked word. */
  private static final double CERTAIN = 4;

  private Urgency() {}

  /**
   * @param score the learned one, from 0 to 1; 0 where there is none
   * @param heat 1 for a comment that nobody has reported, one more for each report
   */
  public static Instant dueAt(
      Instant createdAt, Collection<Reason> reasons, double score, double heat) {
    double weight = Math.max(1, (risk(reasons) + CERTAIN * score) * Math.max(1, heat));
    return createdAt.minusMillis(Math.round(HEAD_START.toMillis() * Math.log(weight)));
  }

  private static double risk(Collection<Reason> reasons) {
    return 1 + reasons.stream().mapToDouble(Urgency::risk).sum();
  }

  private static double risk(Reason reason) {
    return switch (reason) {
      case NOTICE -> 1_000;
      case BLOCKED_WORD -> 4;
      case TOO_MANY_LINKS -> 2;
      case FIRST_COMMENT -> 0.5;
      default -> 0;
    };
  }
}
