package afterword.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
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
  private static final MultiMap OF_EVERYTHING =
      optimized("Access-Control-Allow-Origin", "*")
          .addAll(optimized("Cross-Origin-Resource-Policy", "cross-origin"))
          .addAll(optimized("X-Content-Type-Options", "nosniff"));

  /** Of all that is not a preflight. To be read only. */
  public static final MultiMap OF_ANSWERS =
      HttpHeaders.headers()
          .addAll(OF_EVERYTHING)
          .addAll(optimized("Access-Control-Expose-Headers", EXPOSED));

  @Override
  public void handle(RoutingContext ctx) {
    MultiMap headers = ctx.response().headers();
    if (ctx.request().method() == HttpMethod.OPTIONS) {
      headers.addAll(OF_EVERYTHING);
      headers.set("Access-Control-Allow-Methods", METHODS);
      headers.set("Access-Control-Allow-Headers", ALLOWED);
      headers.set("Access-Control-Max-Age", "7200");
      ctx.response().setStatusCode(204).end();
      return;
    }
    headers.addAll(OF_ANSWERS);
    ctx.next();
  }

  private static MultiMap optimized(String name, String value) {
    return HttpHeaders.headers()
        .add(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
  }
}
