package afterword.thread;

import afterword.model.Mode;
import afterword.model.PagePolicy;
import afterword.model.SiteSettings;
import java.time.Instant;
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
        new Head(
            0,
            pageKey,
            null,
            null,
            true,
            Optional.empty(),
            0,
            "0",
            0,
            Optional.empty(),
            Optional.empty()),
        List.of(),
        false);
  }

  /** As it is at this moment: what is not set for the page is as its prefix or the site says. */
  ThreadPage at(SiteSettings settings, Instant now) {
    var own = new PagePolicy.Own(!head.open, head.mode, head.closeAfterDays);
    PagePolicy policy = PagePolicy.of(settings, head.key, own, head.articleAt, now);
    var known =
        new Head(
            head.id,
            head.key,
            head.url,
            head.title,
            policy.open(),
            Optional.of(policy.mode()),
            head.count,
            head.version,
            head.moment,
            head.closeAfterDays,
            head.articleAt);
    return new ThreadPage(known, roots, more);
  }

  /**
   * @param id 0 where the page is unknown
   * @param mode where it differs from the site's
   * @param version of the last event that no running transaction can precede; live streams resume
   *     from it
   * @param closeAfterDays where it differs from the site's
   * @param articleAt when the article was published, or the page first seen
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
      long moment,
      Optional<Integer> closeAfterDays,
      Optional<Instant> articleAt) {}

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
