package afterword.moderation;

import afterword.model.Status;
import java.util.Locale;
import java.util.Optional;

/** What a moderator can decide. */
enum Action {
  APPROVE(Status.PUBLISHED),
  REJECT(Status.REJECTED),
  SPAM(Status.SPAM),
  DELETE(Status.DELETED),
  HOLD(Status.PENDING),
  /** Back into the queue, from wherever it went. */
  RESTORE(Status.PENDING);

  private final Status status;

  Action(Status status) {
    this.status = status;
  }

  Status status() {
    return status;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Action> of(String word) {
    for (Action action : values()) if (action.word().equals(word)) return Optional.of(action);
    return Optional.empty();
  }
}
