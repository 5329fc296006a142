package afterword.moderation;

import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.site.Sites;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;

/** The sites that a question is about: the one it names, else all on which the asker may look. */
final class VisibleSites {
  private final Sites sites;

  VisibleSites(Sites sites) {
    this.sites = sites;
  }

  /** Another's site is "not found". */
  Future<Set<Integer>> of(Moderator moderator, Optional<String> key) {
    return of(moderator, key, Role.VIEWER);
  }

  Future<Set<Integer>> of(Moderator moderator, Optional<String> key, Role least) {
    if (key.isEmpty()) return Future.succeededFuture(moderator.sites(least));
    return sites
        .byKey(key.get())
        .map(
            site -> {
              moderator.require(site.id(), least);
              return Set.of(site.id());
            });
  }
}
