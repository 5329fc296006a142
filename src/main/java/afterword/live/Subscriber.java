package afterword.live;

import afterword.events.Position;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.VertxConnection;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One open stream; lives on its connection's event loop. While it is told what it missed, and while
 * its reader is behind, what happens waits: a few frames, which all streams share. Who stays behind
 * is closed, and can resume.
 */
final class Subscriber {
  private static final Buffer BEAT = Buffer.buffer(":\n\n");
  private static final int MOST_WAITING = 64;
  private static final int MOST_BYTES_WAITING = 512 * 1024;

  private final HttpServerRequest request;
  private final Runnable dropped;
  private final Queue<Frame> waiting = new ArrayDeque<>(0);
  private int bytesWaiting;
  private boolean resuming;
  private boolean late;
  private boolean gone;
  private Position seen;

  /**
   * @param seen what the reader has already; null for one who begins
   */
  Subscriber(HttpServerRequest request, Position seen, Runnable dropped) {
    this.request = request;
    this.dropped = dropped;
    this.resuming = seen != null;
    this.seen = seen == null ? Position.START : seen;
  }

  void offer(Frame frame) {
    if (isClosed()) return;
    waiting.add(frame);
    bytesWaiting += frame.size();
    tellWaiting();
    if (waiting.size() > MOST_WAITING || bytesWaiting > MOST_BYTES_WAITING) drop();
  }

  /**
   * Shows that the stream lives and, where that is so, that there was nothing up to there. Who has
   * not taken what was sent by the next beat is closed.
   */
  void beat(Piece mark) {
    if (resuming || isClosed()) return;
    if (request.response().writeQueueFull()) {
      if (late) drop();
      late = true;
      return;
    }
    boolean further = mark.position().isAfter(seen);
    if (further) seen = mark.position();
    request.response().write(further ? mark.bytes() : BEAT);
  }

  /** Everything up to there is in these bytes. */
  void resumed(Buffer missed, Position upTo) {
    resuming = false;
    if (missed.length() > 0 && !isClosed()) request.response().write(missed);
    seen = upTo;
    tellWaiting();
  }

  /** Asks the reader to come back, to whoever serves then. */
  void end(int retryMillis) {
    if (!isClosed())
      request.response().end("retry: " + retryMillis + "\n\n").onComplete(sent -> close());
  }

  private void tellWaiting() {
    HttpServerResponse response = request.response();
    while (!resuming && !waiting.isEmpty() && !isClosed()) {
      if (response.writeQueueFull()) {
        response.drainHandler(drained -> tellWaiting());
        return;
      }
      late = false;
      Frame next = waiting.remove();
      bytesWaiting -= next.size();
      tell(next);
    }
  }

  private void tell(Frame frame) {
    Buffer news = frame.after(seen);
    if (frame.last().isAfter(seen)) seen = frame.last();
    if (news.length() > 0) request.response().write(news);
  }

  private void drop() {
    waiting.clear();
    bytesWaiting = 0;
    if (isClosed()) return;
    gone = true;
    dropped.run();
    cut();
  }

  /** A polite close would first wait for what the reader does not take. */
  private void cut() {
    if (request.connection() instanceof VertxConnection connection)
      connection.channelHandlerContext().close();
    else close();
  }

  private boolean isClosed() {
    return gone || request.response().ended() || request.response().closed();
  }

  private void close() {
    request.connection().close();
  }
}
