package afterword.notify;

import java.util.Locale;
import java.util.Optional;

/**
 * What became of one attempt.
 *
 * @param answer the receiver's status
 * @param error why it came to nothing; names no secret
 */
record Result(Outcome outcome, Optional<Integer> answer, Optional<String> error) {
  enum Outcome {
    DELIVERED,
    RETRIED,
    FAILED,
    /** It is not so any more. */
    OBSOLETE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Result delivered(int answer) {
    return new Result(Outcome.DELIVERED, Optional.of(answer), Optional.empty());
  }

  static Result obsolete() {
    return new Result(Outcome.OBSOLETE, Optional.empty(), Optional.empty());
  }

  static Result failed(String error) {
    return new Result(Outcome.FAILED, Optional.empty(), Optional.of(error));
  }

  /** Tried again while there are attempts left. */
  static Result nothing(boolean again, Integer answer, String error) {
    return new Result(
        again ? Outcome.RETRIED : Outcome.FAILED, Optional.ofNullable(answer), Optional.of(error));
  }
}
