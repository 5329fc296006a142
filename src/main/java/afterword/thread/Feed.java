package afterword.thread;

import afterword.model.PublicId;
import afterword.model.Site;
import java.time.Instant;
import java.util.List;

/**
 * Newest comments as a feed, whatever its format.
 *
 * @param self its own address
 */
record Feed(
    Site site, String title, String self, String publicBaseUrl, List<LatestStore.Latest> latest) {
  /** A comment's lasting address, which is its id in feeds too. */
  String address(long comment) {
    return publicBaseUrl + "/c/" + new PublicId(site.id(), comment);
  }

  static Instant changedAt(ShownComment comment) {
    return (comment.editedAt() == null ? comment.createdAt() : comment.editedAt()).toInstant();
  }

  Instant changedAt() {
    return latest.stream()
        .map(one -> changedAt(one.comment()))
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  static String nameOf(ShownComment comment) {
    return comment.name() == null || comment.name().isEmpty() ? "Anonymous" : comment.name();
  }

  static String titleOf(LatestStore.Latest one) {
    return nameOf(one.comment())
        + " on "
        + (one.pageTitle() == null ? one.pageKey() : one.pageTitle());
  }
}
