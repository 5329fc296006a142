package afterword.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * Any page may call what is public, and may read why it was refused: CORS for every origin without
 * credentials, on errors too. Preflights end here.
 */
public final class PublicHeaders implements Handler<RoutingContext> {
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
  private static final String ALLOWED = "Authorization, Content-Type, Idempotency-Key, If-Match";
  private static final String EXPOSED =
      "ETag, Location, Retry-After, RateLimit, RateLimit-Policy, Afterword-Stale";

  @Override
  public void handle(RoutingContext ctx) {
    MultiMap headers = ctx.response().headers();
    headers.set("Access-Control-Allow-Origin", "*");
    headers.set("Cross-Origin-Resource-Policy", "cross-origin");
    headers.set("X-Content-Type-Options", "nosniff");
    if (ctx.request().method() == HttpMethod.OPTIONS) {
      headers.set("Access-Control-Allow-Methods", METHODS);
      headers.set("Access-Control-Allow-Headers", ALLOWED);
      headers.set("Access-Control-Max-Age", "7200");
      ctx.response().setStatusCode(204).end();
      return;
    }
    headers.set("Access-Control-Expose-Headers", EXPOSED);
    ctx.next();
  }
}
