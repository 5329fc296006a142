package afterword.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ThreadLocalRandom;

/** Gives each request an id, which its problem, its log lines and its answer carry. */
public final class RequestId implements Handler<RoutingContext> {
  public static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");

  private static final String KEY = "request-id";

  @Override
  public void handle(RoutingContext ctx) {
    ctx.response().putHeader(HEADER, of(ctx));
    ctx.next();
  }

  /** Not a secret: it only has to be rare enough to find one request in a log. */
  public static String next() {
    return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
  }

  public static String of(RoutingContext ctx) {
    String id = ctx.get(KEY);
    if (id == null) {
      id = next();
      ctx.put(KEY, id);
    }
    return id;
  }
}
