package afterword.model;

import java.util.List;
import java.util.Map;

/** Why something could not be done. Only {@code http.Problems} knows what each means in HTTP. */
public sealed interface Failure {
  /** What to do about it, in a sentence for people. */
  String detail();

  /** The request could not be read: not JSON, a bad cursor, a header that is missing or doubled. */
  record Unreadable(String detail, List<FieldError> errors) implements Failure {
    public Unreadable(String detail) {
      this(detail, List.of());
    }
  }

  /** The request was read, but these fields are not acceptable. All of them at once. */
  record Invalid(String detail, List<FieldError> errors) implements Failure {
    public Invalid(List<FieldError> errors) {
      this(
          errors.size() == 1 ? errors.get(0).detail() : errors.size() + " fields need attention.",
          errors);
    }
  }

  /** Nobody, or nobody who may, is asking. */
  record Unauthenticated(Problem problem, String detail) implements Failure {}

  /** Understood and refused; the problem says which rule. */
  record Refused(Problem problem, String detail) implements Failure {}

  record NotFound(String detail) implements Failure {}

  record MethodNotAllowed(String detail, String allow) implements Failure {}

  /** In conflict with what is there already. */
  record Conflict(Problem problem, String detail) implements Failure {}

  /**
   * The version acted on is not the present one; {@code current} is the present state as JSON
   * members.
   */
  record Stale(String detail, Map<String, Object> current) implements Failure {}

  record TooLarge(String detail) implements Failure {}

  record UnsupportedMedia(String detail) implements Failure {}

  /** Something the client must send along first, such as If-Match or a proof of work. */
  record Required(Problem problem, String detail, Map<String, Object> members) implements Failure {}

  /**
   * Not refused: the sender may change it, or send it once more and wait for a moderator.
   *
   * @param members what it is about, for programs
   */
  record Nudge(String detail, List<FieldError> errors, Map<String, Object> members)
      implements Failure {}

  record TooMany(String detail, long retryAfterSeconds) implements Failure {}

  /** Not now: the database is away, or there is too much to do. */
  record Unavailable(String detail, long retryAfterSeconds) implements Failure {}

  /** The client took too long to send its request. */
  record TimedOut(String detail) implements Failure {}
}
