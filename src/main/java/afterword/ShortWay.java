package afterword;

import afterword.thread.ReadyAnswers;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;

/**
 * Past the router for what the cache of threads can answer at once; everything else, and everything
 * while the process is leaving or traced, takes the sitemap. Such answers are counted like all
 * others and written to the access log at level debug only: there are many, and nothing was worked
 * on.
 */
final class ShortWay implements Handler<HttpServerRequest> {
  private final Rooms rooms;
  private final BooleanSupplier closed;
  private final ReadyAnswers ready;
  private final Handler<HttpServerRequest> router;

  ShortWay(Rooms rooms, Handler<HttpServerRequest> router) {
    this.rooms = rooms;
    this.closed = () -> rooms.health.draining() || rooms.requestMetrics.isTraced();
    this.ready = rooms.threads.ready();
    this.router = router;
  }

  @Override
  public void handle(HttpServerRequest request) {
    long start = System.nanoTime();
    ReadyAnswers.Sent sent = closed.getAsBoolean() ? null : ready.send(request);
    if (sent == null) {
      router.handle(request);
      return;
    }
    sent.done()
        .onComplete(
            ended -> {
              long nanos = System.nanoTime() - start;
              rooms.requestMetrics.count(
                  "GET", sent.route(), sent.status(), ended.succeeded(), nanos);
              rooms.accessLog.atHand(request, ended.succeeded(), nanos);
            });
  }
}
