package afterword.notify;

import afterword.model.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What third parties can be told of. */
enum Happening {
  /** A comment waits for a moderator, and is not public. */
  HELD("comment.held"),
  PUBLISHED("comment.published"),
  /** A published comment reads otherwise than before. */
  EDITED("comment.edited"),
  /** What was told of is neither public nor waiting any more. */
  REMOVED("comment.removed"),
  /** Somebody wants to see whether it works. */
  PING("ping");

  private final String word;

  Happening(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** Those that a webhook may ask for. */
  static List<String> words() {
    return Arrays.stream(values()).filter(one -> one != PING).map(Happening::word).toList();
  }

  static Optional<Happening> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
  }

  /** Whether it is still so; what is not so any more is not told. */
  boolean holds(Status status) {
    return switch (this) {
      case HELD -> status == Status.PENDING;
      case PUBLISHED, EDITED -> status == Status.PUBLISHED;
      case REMOVED -> status != Status.PENDING && status != Status.PUBLISHED;
      case PING -> true;
    };
  }
}
