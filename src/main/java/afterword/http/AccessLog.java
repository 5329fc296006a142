package afterword.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

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
      ctx.addEndHandler(
          ended ->
              log(
                  LOG.atInfo(),
                  RequestId.of(ctx),
                  ctx.request(),
                  ended.succeeded(),
                  System.nanoTime() - start));
    }
    ctx.next();
  }

  /** What was answered without the router, at level debug. */
  public void atHand(HttpServerRequest request, boolean sent, long nanos) {
    if (!LOG.isDebugEnabled()) return;
    String id = request.response().headers().get(RequestId.HEADER);
    log(LOG.atDebug(), id, request, sent, nanos);
  }

  private static void log(
      LoggingEventBuilder line, String id, HttpServerRequest request, boolean sent, long nanos) {
    String path = request.path();
    line.addKeyValue("request", id)
        .addKeyValue("method", request.method())
        .addKeyValue(
            "path", path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…")
        .addKeyValue("status", request.response().getStatusCode())
        .addKeyValue("millis", nanos / 1_000_000)
        .log(sent ? "answered" : "broke off");
  }
}
