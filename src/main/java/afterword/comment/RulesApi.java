package afterword.comment;

import afterword.auth.Guard;
import afterword.auth.Role;
import afterword.db.Database;
import afterword.model.Check;
import afterword.model.Checks;
import afterword.model.Site;
import afterword.rules.Reason;
import afterword.site.Sites;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The checks of a site: {@code /api/v1/admin/sites/{site}/rules}. Behind {@link Guard}. */
public final class RulesApi {
  private static final Duration COUNTED = Duration.ofDays(30);

  private final Sites sites;
  private final RuleCounts counts;
  private final Clock clock;

  public RulesApi(Sites sites, Database database, Clock clock) {
    this.sites = sites;
    this.counts = new RuleCounts(database);
    this.clock = clock;
  }

  /** {@code GET}: which run in shadow, and what they would have held within thirty days. */
  public void show(RoutingContext ctx) {
    sites
        .byKey(ctx.pathParam("site"))
        .compose(
            site -> {
              Guard.moderator(ctx).require(site.id(), Role.VIEWER);
              return counts
                  .since(site.id(), clock.instant().minus(COUNTED))
                  .map(codeToCount -> json(site, codeToCount));
            })
        .onSuccess(
            json ->
                ctx.response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(json.toBuffer()))
        .onFailure(ctx::fail);
  }

  private static JsonObject json(Site site, Map<String, RuleCounts.Count> codeToCount) {
    Checks settings = site.settings().checks();
    var checks = new JsonArray();
    for (Check check : Check.values()) {
      var count = codeToCount.getOrDefault(check.word(), RuleCounts.Count.NONE);
      checks.add(
          new JsonObject()
              .put("check", check.word())
              .put("sentence", Reason.valueOf(check.name()).sentence())
              .put("shadow", settings.shadow().contains(check))
              .put("nudge", settings.nudge().contains(check))
              .put("wouldHold", count.wouldHold())
              .put("turnedDown", count.turnedDown()));
    }
    return new JsonObject().put("version", site.version()).put("checks", checks);
  }
}
