package afterword.live;

import afterword.events.Event;
import afterword.events.EventFeed;
import afterword.events.Follower;
import afterword.events.PlacedEvent;
import afterword.events.Position;
import afterword.model.Site;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to those who look at their pages: batch after batch, in order, each page's once. A
 * batch that cannot be put into words waits for the database; where too many wait, readers are told
 * to look again instead.
 */
final class Broadcast implements Follower {
  private static final Logger log = LoggerFactory.getLogger(Broadcast.class);
  private static final int MOST_WAITING = 100;
  private static final int AGAIN_MILLIS = 500;

  private final Vertx vertx;
  private final EventFeed feed;
  private final Channels channels;
  private final Telling telling;
  private final Context context;

  // All of it on the context.
  private final Queue<List<PlacedEvent>> waiting = new ArrayDeque<>();
  private boolean busy;
  private boolean lost;

  private volatile Position done;
  private volatile boolean stopped;

  Broadcast(Vertx vertx, EventFeed feed, Channels channels, Telling telling) {
    this.vertx = vertx;
    this.feed = feed;
    this.channels = channels;
    this.telling = telling;
    this.context = vertx.getOrCreateContext();
  }

  private record Watched(int site, long id) {}

  /** Up to where everything has been sent to those who look. */
  Position done() {
    Position sent = done;
    return sent != null ? sent : feed.position() != null ? feed.position() : Position.START;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void heard(List<PlacedEvent> events) {
    context.runOnContext(
        now -> {
          if (waiting.size() < MOST_WAITING) waiting.add(events);
          else lost = true;
          next();
        });
  }

  @Override
  public void missed() {
    context.runOnContext(
        now -> {
          lost = true;
          next();
        });
  }

  private void next() {
    if (busy || stopped) return;
    if (lost) startAnew();
    List<PlacedEvent> batch = waiting.poll();
    if (batch == null) return;
    busy = true;
    tell(batch)
        .onComplete(
            told ->
                context.runOnContext(
                    now -> {
                      busy = false;
                      next();
                    }));
  }

  private void startAnew() {
    lost = false;
    waiting.clear();
    done = feed.position();
    var reload = new Frame(List.of(Piece.reload(done())));
    channels.each(subscriber -> subscriber.offer(reload));
  }

  private Future<Void> tell(List<PlacedEvent> batch) {
    return findNew(batch)
        .compose(found -> send(batch))
        .onSuccess(sent -> done = batch.get(batch.size() - 1).position())
        .recover(cause -> again(batch, cause));
  }

  private Future<Void> again(List<PlacedEvent> batch, Throwable cause) {
    log.debug("live streams wait for the database", cause);
    if (stopped) return Future.succeededFuture();
    return vertx.timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS).compose(passed -> tell(batch));
  }

  /** A thread that nobody is known to look at may be that of a page which had none so far. */
  private Future<Void> findNew(List<PlacedEvent> batch) {
    List<Future<Void>> finding = new ArrayList<>();
    batch.stream()
        .map(PlacedEvent::event)
        .filter(event -> !channels.isWatched(event.siteId(), event.threadId()))
        .mapToInt(Event::siteId)
        .distinct()
        .forEach(
            site -> {
              List<Channel> without = channels.of(site, 0);
              if (!without.isEmpty()) finding.add(channels.find(without.get(0).site, without));
            });
    return Future.all(finding).mapEmpty();
  }

  private Future<Void> send(List<PlacedEvent> batch) {
    Map<Watched, List<PlacedEvent>> watched = new LinkedHashMap<>();
    for (PlacedEvent placed : batch) {
      var thread = new Watched(placed.event().siteId(), placed.event().threadId());
      if (channels.isWatched(thread.site, thread.id))
        watched.computeIfAbsent(thread, first -> new ArrayList<>()).add(placed);
    }
    List<Future<Void>> sending = new ArrayList<>();
    watched.forEach((thread, events) -> sending.add(send(thread, events)));
    return Future.all(sending).mapEmpty();
  }

  private Future<Void> send(Watched thread, List<PlacedEvent> events) {
    List<Channel> watching = channels.of(thread.site, thread.id);
    if (watching.isEmpty()) return Future.succeededFuture();
    Site site = watching.get(0).site;
    return telling
        .of(site, thread.id, events)
        .onSuccess(pieces -> deliver(thread, pieces))
        .compose(
            sent ->
                events.stream().anyMatch(Broadcast::mayHaveMoved)
                    ? channels.find(site, watching)
                    : Future.succeededFuture());
  }

  private void deliver(Watched thread, List<Piece> pieces) {
    if (pieces.isEmpty()) return;
    var frame = new Frame(pieces);
    channels
        .of(thread.site, thread.id)
        .forEach(channel -> channel.each(subscriber -> subscriber.offer(frame)));
  }

  private static boolean mayHaveMoved(PlacedEvent placed) {
    return placed.event().kind() == Event.Kind.PAGE_CHANGED;
  }
}
