package afterword.comment;

import afterword.auth.Guard;
import afterword.auth.Role;
import afterword.db.Database;
import afterword.http.JsonBody;
import afterword.keys.Keys;
import afterword.model.Site;
import afterword.model.SiteSettings;
import afterword.site.SettingsReader;
import afterword.site.Sites;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * What other settings would have made of the site's comments: {@code POST
 * /api/v1/admin/sites/{site}/replay}. Behind {@link Guard}. Who accepts {@code
 * application/x-ndjson} is told on the way how far it has come, a line each: {@code {"done": 500,
 * "of": 10000}}, and on the last one {@code {"result": …}}.
 */
public final class ReplayApi {
  private static final String LINES = "application/x-ndjson";

  private final Sites sites;
  private final Replays replays;

  public ReplayApi(Vertx vertx, Sites sites, Database database, Keys keys) {
    this.sites = sites;
    this.replays = new Replays(vertx, database, keys);
  }

  /** {@code POST}: the body names settings as in {@code PATCH settings}; nothing is written. */
  public void replay(RoutingContext ctx) {
    boolean lines = LINES.equals(ctx.request().getHeader("Accept"));
    sites
        .byKey(ctx.pathParam("site"))
        .compose(site -> replays.run(tried(ctx, site), (done, of) -> came(ctx, lines, done, of)))
        .onSuccess(report -> end(ctx, lines, report.json()))
        .onFailure(ctx::fail);
  }

  private static Site tried(RoutingContext ctx, Site site) {
    Guard.moderator(ctx).require(site.id(), Role.OWNER);
    SiteSettings settings = SettingsReader.read(JsonBody.of(ctx), site.settings()).settings();
    return new Site(site.id(), site.key(), site.name(), site.origins(), settings, site.version());
  }

  private static boolean came(RoutingContext ctx, boolean lines, int done, int of) {
    HttpServerResponse response = ctx.response();
    if (response.closed()) return false;
    if (lines) {
      if (!response.headWritten()) headers(response, LINES).setChunked(true);
      response.write(new JsonObject().put("done", done).put("of", of).encode() + "\n");
    }
    return true;
  }

  private static void end(RoutingContext ctx, boolean lines, JsonObject report) {
    HttpServerResponse response = ctx.response();
    if (response.closed()) return;
    if (lines) response.end(new JsonObject().put("result", report).encode() + "\n");
    else headers(response, "application/json").end(report.toBuffer());
  }

  private static HttpServerResponse headers(HttpServerResponse response, String type) {
    return response.putHeader("Content-Type", type).putHeader("Cache-Control", "no-store");
  }
}
