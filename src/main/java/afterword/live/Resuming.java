package afterword.live;

import afterword.events.EventHistory;
import afterword.events.PlacedEvent;
import afterword.events.Position;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** What somebody missed who comes back; "reload" where that is too much, or not known any more. */
final class Resuming {
  private static final int MOST = 200;

  private final EventHistory history;
  private final Telling telling;

  Resuming(EventHistory history, Telling telling) {
    this.history = history;
    this.telling = telling;
  }

  /** Who has these bytes has everything up to there. */
  record Missed(Buffer bytes, Position upTo) {}

  /**
   * @param start up to where it was sent to others when this reader joined them
   */
  Future<Missed> since(Channel channel, Position seen, Position start) {
    return history
        .ofThread(channel.site.id(), channel.thread(), seen, MOST + 1)
        .compose(
            past -> {
              boolean known = !past.horizon().isAfter(seen) && !seen.isAfter(past.newest());
              if (!known || past.events().size() > MOST)
                return Future.succeededFuture(new Missed(Piece.reload(start).bytes(), start));
              return told(channel, seen, past.events());
            });
  }

  private Future<Missed> told(Channel channel, Position seen, List<PlacedEvent> events) {
    if (events.isEmpty()) return Future.succeededFuture(new Missed(Buffer.buffer(), seen));
    Position last = events.get(events.size() - 1).position();
    return telling
        .of(channel.site, channel.thread(), events)
        .map(
            pieces ->
                new Missed(
                    pieces.isEmpty() ? Buffer.buffer() : new Frame(pieces).after(Position.START),
                    last));
  }
}
