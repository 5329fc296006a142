package afterword;

import afterword.comment.CommentApi;
import afterword.http.Bodies;
import afterword.http.HostGuard;
import afterword.http.InFlight;
import afterword.http.Problems;
import afterword.http.PublicHeaders;
import afterword.http.RequestId;
import afterword.http.WebFiles;
import afterword.model.Limits;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The sitemap: one line per route, grouped by who may call. */
final class Routes {
  private static final String FOR_AN_HOUR = "public, max-age=3600";
  private static final String ASK_EACH_TIME = "no-cache";
  private final Router router;

  private Routes(Router router) {
    this.router = router;
  }

  /** What the routes lead to. */
  record Rooms(CommentApi comments, Problems problems, InFlight inFlight) {}

  static Router of(Vertx vertx, Rooms rooms) {
    var routes = new Routes(Router.router(vertx));
    var web = new WebFiles();
    routes.router.route().handler(new RequestId()).handler(new HostGuard()).handler(rooms.inFlight).failureHandler(rooms.problems);

    // Any page may call these.
    routes.router.route("/api/v1/sites/*").handler(new PublicHeaders());
    routes.router.route("/embed/*").handler(new PublicHeaders());
    routes.get("/embed/v1.js", ctx -> web.send(ctx, "widget/v1.js", FOR_AN_HOUR));
    routes.get("/embed/v1/*", ctx -> web.send(ctx, "widget/v1/" + ctx.pathParam("*"), FOR_AN_HOUR));
    routes.post("/api/v1/sites/:site/comments", Limits.COMMENT_BODY_BYTES, rooms.comments::post);
    routes.get("/api/v1/sites/:site/comments/:id", rooms.comments::show);
    routes.post("/api/v1/sites/:site/preview", Limits.COMMENT_BODY_BYTES, rooms.comments::preview);

    // Moderators, on our own origin.
    routes.get("/admin/*", ctx -> web.send(ctx, "admin/" + ctx.pathParam("*"), ASK_EACH_TIME));
    return routes.router;
  }

  private void get(String path, Handler<RoutingContext> handler) {
    router.route(HttpMethod.GET, path).handler(handler);
    router.route(HttpMethod.HEAD, path).handler(handler);
  }

  private void post(String path, int bytes, Handler<RoutingContext> handler) {
    router.route(HttpMethod.POST, path).handler(Bodies.upTo(bytes)).handler(Bodies::arrived).handler(handler);
  }
}
