package afterword.model;

import java.util.List;
import java.util.Locale;

/**
 * What somebody outside says of a comment.
 *
 * @param source such as "akismet" or "hook"
 * @param reasons short words of theirs, to be shown to moderators as text
 */
public record Opinion(String source, Says says, List<String> reasons) {
  public Opinion {
    reasons = List.copyOf(reasons);
  }

  /** ABSENT: no answer in time, or none that can be understood. */
  public enum Says {
    FINE,
    HOLD,
    SPAM,
    ABSENT;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Opinion absent(String source, String why) {
    return new Opinion(source, Says.ABSENT, List.of(why));
  }
}
