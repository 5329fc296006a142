package afterword.auth;

import java.util.Arrays;
import java.util.Optional;

/** What an access token may be used for, within what its moderator may do. A session has all. */
public enum Scope {
  QUEUE_READ("queue:read"),
  DECIDE("decide"),
  SETTINGS("settings"),
  AUDIT("audit");

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static Optional<Scope> of(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
  }
}
