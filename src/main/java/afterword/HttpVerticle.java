package afterword;

import afterword.config.Config;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.function.Function;

/** One event loop's HTTP server; all of them share the port. */
final class HttpVerticle extends VerticleBase {
  private static final int IDLE_SECONDS = 75;
  private static final int REQUEST_LINE = 16 * 1024;
  private static final int FORM_FIELD = 128 * 1024;

  private final Config config;
  private final int port;
  private final Function<io.vertx.core.Vertx, io.vertx.ext.web.Router> routes;
  private HttpServer server;

  HttpVerticle(Config config, int port, Function<io.vertx.core.Vertx, io.vertx.ext.web.Router> routes) {
    this.config = config;
    this.port = port;
    this.routes = routes;
  }

  @Override
  public Future<?> start() {
    var options =
        new HttpServerOptions()
            .setHost(config.httpHost())
            .setPort(port)
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxInitialLineLength(REQUEST_LINE)
            .setMaxFormAttributeSize(FORM_FIELD);
    server = vertx.createHttpServer(options).requestHandler(routes.apply(vertx));
    return server.listen();
  }

  int boundPort() {
    return server.actualPort();
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.shutdown();
  }
}
