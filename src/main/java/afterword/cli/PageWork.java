package afterword.cli;

import afterword.audit.AuditStore;
import afterword.config.Config;
import afterword.db.Database;
import afterword.events.EventStore;
import afterword.model.FailureException;
import afterword.model.Site;
import afterword.page.PageMove;
import afterword.page.PageMoves;
import afterword.site.SiteStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;

/** Plans what becomes of pages, tells it, and does it only where that is asked for. */
final class PageWork {
  private static final int AN_HOUR = 3_600;

  interface Plan {
    Future<List<PageMove>> of(PageMoves moves, Site site);
  }

  private PageWork() {}

  static int run(Config config, String siteKey, boolean apply, Plan plan) {
    List<PageMove> planned =
        OneShot.run(
            config,
            AN_HOUR,
            (vertx, complete, database) -> {
              var moves =
                  new PageMoves(database, new AuditStore(), new EventStore(), Clock.systemUTC());
              return site(database, siteKey)
                  .compose(
                      site ->
                          plan.of(moves, site)
                              .compose(
                                  steps ->
                                      (apply
                                              ? moves.carryOut(site, AddModerator.ACTOR, steps)
                                              : Future.<Void>succeededFuture())
                                          .map(steps)));
            });
    planned.forEach(move -> System.out.println(move.told()));
    if (planned.isEmpty()) System.out.println("Nothing to do: it is so already.");
    else if (apply) System.out.println("Done: " + planned.size() + ". Former addresses lead on.");
    else System.out.println("Nothing was changed. The same with --apply does it.");
    return 0;
  }

  private static Future<Site> site(Database database, String key) {
    return new SiteStore(database)
        .byKey(key)
        .map(
            found ->
                found.orElseThrow(
                    () -> FailureException.notFound("There is no site \"" + key + "\".")));
  }
}
