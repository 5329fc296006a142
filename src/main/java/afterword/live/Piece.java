package afterword.live;

import afterword.events.Position;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * One server-sent event, encoded (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 *
 * @param position up to where a reader has everything who has this
 */
record Piece(Position position, Buffer bytes) {
  /**
   * @param json on one line, as an encoder writes it
   */
  static Piece of(String event, Position position, Buffer json) {
    return new Piece(
        position,
        Buffer.buffer(json.length() + 64)
            .appendString("event: " + event + "\nid: " + position + "\ndata: ")
            .appendBuffer(json)
            .appendString("\n\n"));
  }

  static Piece removed(String comment, Position position) {
    return of("removed", position, new JsonObject().put("id", comment).toBuffer());
  }

  /** What is not told one by one: the reader has to look again. */
  static Piece reload(Position position) {
    return of("reload", position, Buffer.buffer("{}"));
  }

  /** A state, not a change: it moves no position. */
  static Piece count(long count, Position position) {
    return new Piece(position, Buffer.buffer("event: count\ndata: {\"count\":" + count + "}\n\n"));
  }

  /** Tells nothing but the position. */
  static Piece mark(Position position) {
    return new Piece(position, Buffer.buffer("id: " + position + "\n\n"));
  }
}
