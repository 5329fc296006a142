package afterword.moderation;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** One moderator's open stream. Who does not read is cut off, and comes back. */
final class DeskStream {
  private static final Buffer BEAT = Buffer.buffer(":\n\n");

  final RoutingContext request;
  final long moderator;

  /** What it is about, as far as the moderator may look there. */
  final Set<Integer> sites;

  private final Context loop;

  DeskStream(RoutingContext request, long moderator, Set<Integer> sites, Context loop) {
    this.request = request;
    this.moderator = moderator;
    this.sites = Set.copyOf(sites);
    this.loop = loop;
  }

  void begin(int retryMillis) {
    request
        .response()
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no")
        .write("retry: " + retryMillis + "\n\n");
  }

  void tell(String event, JsonObject data) {
    send(Buffer.buffer("event: " + event + "\ndata: " + data.encode() + "\n\n"));
  }

  void beat() {
    send(BEAT);
  }

  void end() {
    loop.runOnContext(
        now -> {
          if (!isClosed()) request.response().end();
        });
  }

  private void send(Buffer bytes) {
    loop.runOnContext(
        now -> {
          if (isClosed()) return;
          if (request.response().writeQueueFull()) request.response().reset();
          else request.response().write(bytes);
        });
  }

  private boolean isClosed() {
    HttpServerResponse response = request.response();
    return response.ended() || response.closed();
  }
}
