package afterword.model;

import java.util.Locale;

/** What happens to a comment that no other rule has an opinion on. */
public enum Mode {
  /** Published at once. */
  OPEN,
  /** Published once the commenter has enough approved comments, held before. */
  TRUSTED,
  /** Every comment is held. */
  ALL;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Mode of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
