package afterword.moderation;

import afterword.comment.StatusChange.Changed;
import afterword.model.PublicId;
import afterword.model.Status;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of a decision, or of taking one back.
 *
 * @param id of the decision; empty where nothing was changed, so that there is nothing to take back
 */
record Outcome(Optional<Long> id, List<Item> items) {
  /**
   * What became of one comment.
   *
   * @param result "ok", "unchanged", "conflict", "gone", "statement-required" or
   *     "another-moderator"
   * @param status null where it is gone or was left out
   * @param decidedBy who was faster, or null
   */
  record Item(PublicId id, String result, Status status, int version, String decidedBy) {}

  /** A comment after the attempt, with who decided on it last if that is why it was not changed. */
  record Attempt(Changed comment, String decidedBy) {}

  /** In the order asked for; what was not found is gone. */
  static Outcome of(Decide.Told told, Collection<PublicId> asked) {
    Map<PublicId, Attempt> idToAttempt =
        told.attempts().stream()
            .collect(Collectors.toMap(a -> a.comment.id(), Function.identity()));
    List<Item> items =
        asked.stream()
            .map(a -> item(a, idToAttempt.get(a), told.refused().getOrDefault(a, "gone")))
            .toList();
    return new Outcome(told.changed() > 0 ? Optional.of(told.decision()) : Optional.empty(), items);
  }

  private static Item item(PublicId asked, Attempt attempt, String otherwise) {
    if (attempt == null) return new Item(asked, otherwise, null, 0, null);
    Changed comment = attempt.comment;
    String result = comment.changed() ? "ok" : comment.result().name().toLowerCase(Locale.ROOT);
    return new Item(asked, result, comment.status(), comment.version(), attempt.decidedBy);
  }
}
