package afterword.ops;

import afterword.http.InFlight;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times requests by what they are for and how they ended. Never by path: pages and sites
 * are without number.
 */
public final class RequestMetrics implements Handler<RoutingContext> {
  private enum Kind {
    READ,
    WRITE,
    LIVE,
    ADMIN,
    FILE;

    static Kind of(HttpServerRequest request) {
      String path = request.path();
      if (path.startsWith("/api/v1/admin")) return ADMIN;
      if (path.startsWith("/embed/v1") || path.startsWith("/admin")) return FILE;
      if (path.endsWith("/live") && path.startsWith("/api/v1/sites/")) return LIVE;
      return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD
          ? READ
          : WRITE;
    }
  }

  private static final int CLASSES = 6;
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final Timer[] timers = new Timer[Kind.values().length * CLASSES];

  public RequestMetrics(Metrics metrics, InFlight inFlight) {
    for (Kind kind : Kind.values()) {
      for (int status = 1; status < CLASSES; status++) {
        timers[kind.ordinal() * CLASSES + status] =
            Timer.builder("afterword.http.requests")
                .description("Requests answered, by what they are for and how they ended")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .tag("status", status + "xx")
                .serviceLevelObjectives(BUCKETS)
                .register(metrics.registry());
      }
    }
    Gauge.builder("afterword.http.in.flight", inFlight, InFlight::count)
        .description("Requests being worked on")
        .register(metrics.registry());
  }

  @Override
  public void handle(RoutingContext ctx) {
    long start = System.nanoTime();
    Kind kind = Kind.of(ctx.request());
    ctx.addEndHandler(
        ended -> {
          int status = ended.succeeded() ? ctx.response().getStatusCode() / 100 : 4;
          timers[kind.ordinal() * CLASSES + Math.min(status, CLASSES - 1)].record(
              System.nanoTime() - start, TimeUnit.NANOSECONDS);
        });
    ctx.next();
  }
}
