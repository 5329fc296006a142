package afterword.notify;

import afterword.auth.Guard;
import afterword.auth.Role;
import afterword.model.Site;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The site in the path, for its owners alone; and answers that nobody else may keep. */
final class Owned {
  private Owned() {}

  static Future<Site> site(RoutingContext ctx, Sites sites) {
    return sites
        .byKey(ctx.pathParam("site"))
        .map(
            site -> {
              Guard.moderator(ctx).require(site.id(), Role.OWNER);
              return site;
            });
  }

  static void send(RoutingContext ctx, int status, JsonObject json) {
    ctx.response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(json.toBuffer());
  }

  static void done(RoutingContext ctx) {
    ctx.response().setStatusCode(204).putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end();
  }
}
