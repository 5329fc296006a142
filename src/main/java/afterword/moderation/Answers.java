package afterword.moderation;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Answers to moderators: nobody else may keep them. */
final class Answers {
  private Answers() {}

  static void send(RoutingContext ctx, JsonObject json) {
    ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(json.toBuffer());
  }

  static void created(RoutingContext ctx, JsonObject json) {
    ctx.response().setStatusCode(201);
    send(ctx, json);
  }

  static void done(RoutingContext ctx) {
    ctx.response().setStatusCode(204).putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end();
  }
}
