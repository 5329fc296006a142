package afterword.spam;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody outside who is asked for an opinion and never gives one. */
final class BadProvider implements AutoCloseable {
  /** What it does instead. */
  enum Fault {
    DEAD("unreachable"),
    HANGS_UP("unreachable"),
    SILENT("late"),
    DRIPS("late"),
    HTML("nonsense"),
    NONSENSE("nonsense"),
    A_GIGABYTE("too-large");

    /** As the verdict notes it. */
    final String noted;

    Fault(String noted) {
      this.noted = noted;
    }
  }

  private static final Buffer CHUNK = Buffer.buffer(new byte[16 * 1024]);
  private static final long GIGABYTE = 1L << 30;
  private static final long DRIP_MILLIS = 20;

  private final Vertx vertx;
  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();

  BadProvider(Vertx vertx, Fault fault) throws Exception {
    this.vertx = vertx;
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(request -> answer(request, fault))
            .listen(0, "127.0.0.1")
            .await(30, TimeUnit.SECONDS);
    if (fault == Fault.DEAD) close();
  }

  int port() {
    return server.actualPort();
  }

  int asked() {
    return asked.get();
  }

  /** Bytes of a body without end that were taken from it. */
  long sent() {
    return sent.get();
  }

  private void answer(HttpServerRequest request, Fault fault) {
    asked.incrementAndGet();
    HttpServerResponse response = request.response();
    switch (fault) {
      case DEAD, SILENT -> {}
      case HANGS_UP -> request.connection().close();
      case DRIPS -> drip(response.setChunked(true));
      case HTML ->
          response.putHeader("Content-Type", "text/html").end("<!doctype html><p>true hold");
      case NONSENSE -> response.end("{\"status\":\"perhaps\"}");
      case A_GIGABYTE -> pour(response.putHeader("Content-Length", Long.toString(GIGABYTE)));
    }
  }

  private void drip(HttpServerResponse response) {
    vertx.setPeriodic(
        DRIP_MILLIS,
        timer -> {
          if (response.closed()) vertx.cancelTimer(timer);
          else response.write(" ");
        });
  }

  /** As fast as it is taken. */
  private void pour(HttpServerResponse response) {
    response.drainHandler(more -> pour(response));
    while (!response.closed() && !response.writeQueueFull()) {
      sent.addAndGet(CHUNK.length());
      response.write(CHUNK);
    }
  }

  @Override
  public void close() throws Exception {
    server.close().await(30, TimeUnit.SECONDS);
  }
}
