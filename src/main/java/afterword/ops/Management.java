package afterword.ops;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The port for operators, never public: probes and metrics, on an event loop of its own. */
public final class Management {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  /** What it answers. */
  public static final List<String> PATHS = List.of("/livez", "/startupz", "/readyz", "/metrics");

  private final Health health;
  private final Metrics metrics;
  private volatile HttpServer server;

  public Management(Health health, Metrics metrics) {
    this.health = health;
    this.metrics = metrics;
  }

  public Future<Void> listen(Vertx vertx, int port, String host) {
    Deployable ownLoop =
        new VerticleBase() {
          @Override
          public Future<?> start() {
            server = this.vertx.createHttpServer().requestHandler(Management.this::answer);
            return server.listen(port, host);
          }
        };
    return vertx.deployVerticle(ownLoop).mapEmpty();
  }

  public int port() {
    return server.actualPort();
  }

  public Future<Void> close() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  private void answer(HttpServerRequest request) {
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      request.response().putHeader("Allow", "GET, HEAD").setStatusCode(405).end();
      return;
    }
    switch (request.path()) {
      case "/livez" -> probe(request, health::isAlive, "an event loop has not moved for 10 s");
      case "/startupz" -> probe(request, health::isStarted, "not started");
      case "/readyz" -> probe(request, health::isReady, "not started, stopping or stalled");
      case "/metrics" ->
          request.response().putHeader(HttpHeaders.CONTENT_TYPE, PROMETHEUS).end(metrics.scrape());
      default -> request.response().setStatusCode(404).end("not found\n");
    }
  }

  private static void probe(HttpServerRequest request, BooleanSupplier good, String otherwise) {
    boolean holds = good.getAsBoolean();
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .setStatusCode(holds ? 200 : 503)
        .end(holds ? "ok\n" : otherwise + "\n");
  }
}
