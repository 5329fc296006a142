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
   * @param result "ok", "unchanged", "conflict" or "gone"
   * @param status null where it is gone
   * @param decidedBy who was faster, or null
   */
  record Item(PublicId id, String result, Status status, int version, String decidedBy) {}

  /** A comment after the attempt, with who decided on it last if that is why it was not changed. */
  record Attempt(Changed comment, String decidedBy) {}

  /** In the order asked for; what was not found is gone. */
  static Outcome of(long id, Collection<PublicId> asked, List<Attempt> attempts) {
    Map<PublicId, Attempt> idToAttempt =
        attempts.stream().collect(Collectors.toMap(a -> a.comment.id(), Function.identity()));
    List<Item> items = asked.stream().map(a -> item(a, idToAttempt.get(a))).toList();
    boolean changed = attempts.stream().anyMatch(a -> a.comment.changed());
    return new Outcome(changed ? Optional.of(id) : Optional.empty(), items);
  }

  private static Item item(PublicId asked, Attempt attempt) {
    if (attempt == null) return new Item(asked, "gone", null, 0, null);
    Changed comment = attempt.comment;
    String result = comment.changed() ? "ok" : comment.result().name().toLowerCase(Locale.ROOT);
    return new Item(asked, result, comment.status(), comment.version(), attempt.decidedBy);
  }
}
