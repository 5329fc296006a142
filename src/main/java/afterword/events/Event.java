package afterword.events;

/**
 * A change that others want to know of. Never holds a text.
 *
 * @param threadId 0 where the event is not about one thread
 * @param commentId 0 where the event is not about one comment
 * @param rootId the top-level comment it stands under, its own id for a root, 0 without a comment
 * @param delta what the change adds to the published comments of the thread: -1, 0 or 1
 */
public record Event(int siteId, Kind kind, long threadId, long commentId, long rootId, int delta) {
  /** What can happen. */
  public enum Kind {
    COMMENT_ADDED,
    COMMENT_CHANGED,
    /** Somebody voted; folded first, then told as SCORES_CHANGED. */
    COMMENT_VOTED,
    /** Scores of a thread changed, however many. */
    SCORES_CHANGED,
    PAGE_CHANGED,
    SITE_CHANGED,
    MODEL_CHANGED,
    /** What only a newer version knows, while both run. */
    OTHER;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public static Kind of(String word) {
      for (Kind kind : values()) if (kind.word().equals(word)) return kind;
      return OTHER;
    }
  }
}
