package afterword.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per request on the logger "afterword.access": method, path, status, milliseconds,
 * request id. No query, no address, no header: those can tell who reads what.
 */
public final class AccessLog implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger("afterword.access");
  private static final int LONGEST_PATH = 200;

  @Override
  public void handle(RoutingContext ctx) {
    if (LOG.isInfoEnabled()) {
      long start = System.nanoTime();
      ctx.addEndHandler(ended -> log(ctx, start, ended.succeeded()));
    }
    ctx.next();
  }

  private static void log(RoutingContext ctx, long start, boolean sent) {
    String path = ctx.request().path();
    LOG.atInfo()
        .addKeyValue("request", RequestId.of(ctx))
        .addKeyValue("method", ctx.request().method())
        .addKeyValue(
            "path", path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…")
        .addKeyValue("status", ctx.response().getStatusCode())
        .addKeyValue("millis", (System.nanoTime() - start) / 1_000_000)
        .log(sent ? "answered" : "broke off");
  }
}
