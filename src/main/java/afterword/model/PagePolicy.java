package afterword.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What holds for one page: what is set for itself, else for the prefix of its key, else for the
 * site.
 *
 * @param closed by hand or by the prefix
 * @param tooOld closed by the age of its article
 * @param old whether comments wait because of the age of its article
 */
public record PagePolicy(Mode mode, boolean closed, boolean tooOld, boolean old) {

  /**
   * What is set for the page itself.
   *
   * @param closeAfterDays 0: it does not close by age
   */
  public record Own(boolean closed, Optional<Mode> mode, Optional<Integer> closeAfterDays) {
    public static final Own NOTHING = new Own(false, Optional.empty(), Optional.empty());
  }

  /**
   * @param publishedAt of the article, or when it was first seen
   */
  public static PagePolicy of(
      SiteSettings settings, String pageKey, Own own, Optional<Instant> publishedAt, Instant now) {
    Checks checks = settings.checks();
    PathPolicy path = checks.pathOf(pageKey);
    long days = publishedAt.map(at -> Duration.between(at, now).toDays()).orElse(0L);
    int closeAfter = own.closeAfterDays().or(path::closeAfterDays).orElse(checks.closeAfterDays());
    return new PagePolicy(
        own.mode().or(path::mode).orElse(settings.mode()),
        own.closed() || path.closed().orElse(false),
        closeAfter > 0 && days >= closeAfter,
        checks.holdAfterDays() > 0 && days >= checks.holdAfterDays());
  }

  public boolean open() {
    return !closed && !tooOld;
  }
}
