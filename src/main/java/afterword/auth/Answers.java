package afterword.auth;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Personal answers, which nobody keeps. */
final class Answers {
  private Answers() {}

  static void send(RoutingContext ctx, JsonObject answer) {
    ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(answer.toBuffer());
  }

  /** 201, for what was made. */
  static void made(RoutingContext ctx, JsonObject answer) {
    ctx.response().setStatusCode(201);
    send(ctx, answer);
  }

  /** 204 */
  static void done(RoutingContext ctx) {
    ctx.response().setStatusCode(204).putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end();
  }
}
