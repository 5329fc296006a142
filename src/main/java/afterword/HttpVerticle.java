package afterword;

import afterword.db.Database;
import afterword.http.ConnectionGuard;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One event loop that serves; all of them share the port and the rooms. */
final class HttpVerticle extends VerticleBase {
  private static final Duration FIRST_HEAD_WITHIN = Duration.ofSeconds(10);
  private static final int LONGEST_REQUEST_LINE = 16 * 1024;

  /** More than any body, so that what is too large is told so: 10,000 emoji are 120,000 bytes. */
  private static final int LARGEST_FORM_FIELD = 256 * 1024;

  private static final int IDLE_SECONDS = 75;
  private static final long TICK_MILLIS = 1_000;

  private final Rooms rooms;
  private final int port;
  private HttpServer server;

  /**
   * @param port a port, or a negative number that all share for one that the kernel picks
   */
  HttpVerticle(Rooms rooms, int port) {
    this.rooms = rooms;
    this.port = port;
  }

  static HttpServerOptions options() {
    return new HttpServerOptions()
        .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
        .setMaxFormAttributeSize(LARGEST_FORM_FIELD)
        .setMaxFormBufferedBytes(LARGEST_FORM_FIELD)
        .setHttp2ClearTextEnabled(false)
        .setIdleTimeout(IDLE_SECONDS)
        .setCompressionSupported(false)
        .setDecompressionSupported(false);
  }

  @Override
  public Future<?> start() {
    Runnable tick = rooms.health.loop();
    Runnable delay = rooms.loopMetrics.loop(TICK_MILLIS);
    vertx.setPeriodic(
        TICK_MILLIS,
        timer -> {
          tick.run();
          delay.run();
        });
    var connections =
        new ConnectionGuard(vertx, rooms.connectionCounts, rooms.addresses, FIRST_HEAD_WITHIN);
    var way = new ShortWay(rooms, new Routes(vertx, rooms).router());
    server =
        vertx
            .createHttpServer(options())
            .connectionHandler(connections::opened)
            .requestHandler(
                request -> {
                  connections.spoke(request.connection());
                  way.handle(request);
                });
    return server.listen(port, rooms.config.httpHost());
  }

  /**
   * Opens this loop's first connection: the pool gives a loop its own first, and the first post
   * here would wait for one.
   */
  Future<Void> connect(Database database) {
    return Future.future(
        done ->
            context.runOnContext(
                here ->
                    database
                        .write(tx -> tx.query("select 1").execute())
                        .<Void>mapEmpty()
                        .onComplete(done)));
  }

  /** Accepts no more and finishes what is in flight, as long as the configuration allows. */
  @Override
  public Future<?> stop() {
    return server.shutdown(rooms.config.finishSeconds(), TimeUnit.SECONDS);
  }
}
