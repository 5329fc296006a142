package afterword.thread;

import afterword.model.Mode;
import java.util.List;
import java.util.Optional;

/**
 * A page of a thread.
 *
 * @param more whether roots follow after these
 */
record ThreadPage(Head head, List<Root> roots, boolean more) {
  ThreadPage {
    roots = List.copyOf(roots);
  }

  /** A page that nobody commented yet exists nowhere; it reads as an empty thread. */
  static ThreadPage empty(String pageKey) {
    return new ThreadPage(
        new Head(0, pageKey, null, null, true, Optional.empty(), 0, "0", 0), List.of(), false);
  }

  /**
   * @param id 0 where the page is unknown
   * @param mode where it differs from the site's
   * @param version of the last event that no running transaction can precede; live streams resume
   *     from it
   * @param moment of which the ranks are, 0 where roots have none
   */
  record Head(
      long id,
      String key,
      String url,
      String title,
      boolean open,
      Optional<Mode> mode,
      long count,
      String version,
      long moment) {}

  /**
   * @param rank where the order is "best", otherwise 0
   * @param replies the first few, or those around a comment
   * @param rest where the remaining replies begin, or empty
   */
  record Root(
      ShownComment comment,
      int rank,
      long replyCount,
      List<ShownComment> replies,
      Optional<Place> rest) {
    Root {
      replies = List.copyOf(replies);
    }
  }
}
