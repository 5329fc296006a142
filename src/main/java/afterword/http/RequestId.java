package afterword.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ThreadLocalRandom;

/** Gives each request an id, which its problem, its log lines and its answer carry. */
public final class RequestId implements Handler<RoutingContext> {
  private static final String KEY = "request-id";

  @Override
  public void handle(RoutingContext ctx) {
    ctx.response().putHeader("X-Request-Id", of(ctx));
    ctx.next();
  }

  /** Not a secret: it only has to be rare enough to find one request in a log. */
  public static String of(RoutingContext ctx) {
    String id = ctx.get(KEY);
    if (id == null) {
      id = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
      ctx.put(KEY, id);
    }
    return id;
  }
}
