package afterword.auth;

import java.util.Locale;

/** What a moderator may do on a site; each may also do what the ones before it may. */
public enum Role {
  /** Reads the queue. */
  VIEWER,
  /** Decides. */
  MODERATOR,
  /** Changes settings and roles. */
  OWNER;

  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Throws IllegalArgumentException where there is no such role. */
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
