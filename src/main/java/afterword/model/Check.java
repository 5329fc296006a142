package afterword.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The checks that a site may run in shadow, or have nudge the commenter. Each is named like the
 * reason it gives.
 */
public enum Check {
  PAGE_TOO_OLD,
  OLD_PAGE,
  TOO_FAST,
  SAME_ELSEWHERE,
  NEAR_DUPLICATE,
  BLOCKED_WORD,
  SUSPECT_WORD,
  LINK_DOMAIN,
  TOO_MANY_LINKS,
  STAFF_NAME,
  OFTEN_REJECTED,
  FLAGGED_AUTHOR,
  OUTSIDE_OPINION,
  LEARNED_SCORE,
  DOUBT,
  FIRST_COMMENT,
  NEWCOMER;

  /** The word used in settings and answers; the code of the reason, too. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether there is a word or a link to show to the commenter; never a score. */
  public boolean canNudge() {
    return switch (this) {
      case BLOCKED_WORD, SUSPECT_WORD, LINK_DOMAIN, TOO_MANY_LINKS -> true;
      default -> false;
    };
  }

  public static Optional<Check> of(String word) {
    return Arrays.stream(values()).filter(check -> check.word().equals(word)).findFirst();
  }
}
