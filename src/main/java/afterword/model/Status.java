package afterword.model;

import java.util.Locale;

/** Where a comment stands. Only published ones are public. */
public enum Status {
  PENDING,
  PUBLISHED,
  REJECTED,
  SPAM,
  DELETED;

  /** The word used in SQL and JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Status of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
