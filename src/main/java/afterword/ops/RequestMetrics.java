package afterword.ops;

import afterword.http.InFlight;
import afterword.http.MatchedRoute;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times requests by method, route and status, under the names of OpenTelemetry's HTTP
 * semantic conventions. Never by path: pages and sites are without number.
 */
public final class RequestMetrics implements Handler<RoutingContext> {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** The client went away before the answer was out. */
  private static final int CLIENT_CLOSED = 499;

  /** Those of the conventions, but for a few that lie close together. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private record Series(String method, String route, int status) {}

  private final MeterRegistry registry;
  private final Optional<Handler<RoutingContext>> spans;
  private final Map<Series, Timer> seriesToTimer = new ConcurrentHashMap<>();

  public RequestMetrics(Metrics metrics, InFlight inFlight) {
    this.registry = metrics.registry();
    this.spans = metrics.traced() ? Optional.of(new RouteSpans()) : Optional.empty();
    Gauge.builder("http.server.active.requests", inFlight, InFlight::count)
        .description("Requests being worked on")
        .register(registry);
  }

  @Override
  public void handle(RoutingContext ctx) {
    long start = System.nanoTime();
    spans.ifPresent(naming -> naming.handle(ctx));
    ctx.addEndHandler(
        ended -> {
          String method = ctx.request().method().name();
          count(
              METHODS.contains(method) ? method : "_OTHER",
              MatchedRoute.of(ctx),
              ctx.response().getStatusCode(),
              ended.succeeded(),
              System.nanoTime() - start);
        });
    ctx.next();
  }

  /**
   * An answer that did not come by this handler, or did.
   *
   * @param sent false where the client went away before the answer was out
   */
  public void count(String method, String route, int status, boolean sent, long nanos) {
    seriesToTimer
        .computeIfAbsent(new Series(method, route, sent ? status : CLIENT_CLOSED), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Spans are named by the router alone. */
  public boolean isTraced() {
    return spans.isPresent();
  }

  private Timer timer(Series series) {
    return Timer.builder("http.server.request.duration")
        .description("Requests answered")
        .tag("http.request.method", series.method)
        .tag("http.route", series.route)
        .tag("http.response.status_code", Integer.toString(series.status))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
