package afterword.events;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells this process's listeners of every event, a moment after its commit: own ones at once
 * ({@link #announce}), others' when a notification says so, and by polling in any case. It reads on
 * from where it was, so a notification that is lost costs time and nothing else. Listeners are told
 * early and of some events twice; followers of each once, in order.
 */
public final class EventFeed {
  private static final Logger log = LoggerFactory.getLogger(EventFeed.class);
  private static final int POLL_MILLIS = 250;
  private static final int POLL_MILLIS_WHILE_NOTIFIED = 500;
  private static final int BATCH = 500;

  private final Vertx vertx;
  private final Database database;
  private final EventStore store;
  private final List<BiConsumer<Event, Optional<Position>>> listeners =
      new CopyOnWriteArrayList<>();
  private final List<Runnable> forgetters = new CopyOnWriteArrayList<>();
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private final List<Runnable> announced = new CopyOnWriteArrayList<>();

  /** How often reading was asked for since it was last idle. */
  private final AtomicInteger asked = new AtomicInteger();

  private volatile Position position;
  private volatile String timeline = "";
  private volatile boolean doubtful = true;
  private volatile boolean notified;
  private volatile long timer;
  private volatile boolean stopped;

  public EventFeed(Vertx vertx, Database database, EventStore store) {
    this.vertx = vertx;
    this.database = database;
    this.store = store;
  }

  /** The listener must be quick and may be called from any event loop. */
  public void listen(Consumer<Event> listener) {
    listeners.add((event, position) -> listener.accept(event));
  }

  /**
   * The position is empty where this process has just changed something itself; the same event
   * comes again with its position.
   */
  public void listenToPlaced(BiConsumer<Event, Optional<Position>> listener) {
    listeners.add(listener);
  }

  /** Forgets what is remembered, because events may have been missed. */
  public void onMissed(Runnable forget) {
    forgetters.add(forget);
  }

  public void follow(Follower follower) {
    followers.add(follower);
  }

  /** After each change of this process. */
  public void onAnnounced(Runnable told) {
    announced.add(told);
  }

  /**
   * Starts with what commits from now on, where "now" is when the future ends, or later if the
   * database is away.
   */
  public Future<Void> start() {
    return step().otherwiseEmpty().onComplete(done -> schedule());
  }

  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  /** For who wants to see what notifications do alone. */
  void stopPolling() {
    vertx.cancelTimer(timer);
  }

  boolean isNotified() {
    return notified;
  }

  /** Up to where followers were told; null until the database was there once. */
  public Position position() {
    return position;
  }

  /** This process's own change, right after its commit. */
  public void announce(Event event) {
    tell(event, Optional.empty());
    announced.forEach(Runnable::run);
  }

  /** Somebody has said that there are events up to there. */
  void reaches(Position there) {
    Position here = position;
    if (here == null || there.isAfter(here)) read();
  }

  /**
   * Whether notifications come. When they come again, some were lost: what they would have told is
   * read from the table, and what is remembered is dropped all the same, in case that the database
   * behind the new connection is another one than before.
   */
  void notified(boolean yes) {
    notified = yes;
    if (yes) {
      forgetters.forEach(Runnable::run);
      doubtful = true;
    }
    read();
  }

  private void tell(Event event, Optional<Position> position) {
    for (var listener : listeners) {
      try {
        listener.accept(event, position);
      } catch (RuntimeException wrong) {
        log.error("a listener failed at {} of site {}", event.kind(), event.siteId(), wrong);
      }
    }
  }

  private void schedule() {
    if (stopped) return;
    timer =
        vertx.setTimer(
            notified ? POLL_MILLIS_WHILE_NOTIFIED : POLL_MILLIS,
            fired -> {
              read();
              schedule();
            });
  }

  /** One reading at a time; who asks meanwhile has it read once more. */
  private void read() {
    if (!stopped && asked.getAndIncrement() == 0) round();
  }

  private void round() {
    int before = asked.get();
    step()
        .onComplete(
            done -> {
              if (!asked.compareAndSet(before, 0)) round();
            });
  }

  private Future<Void> step() {
    Future<Void> sure = doubtful ? reassure() : Future.succeededFuture();
    return sure.compose(known -> next())
        .onFailure(
            cause -> {
              doubtful = true;
              log.debug("events wait for the database", cause);
            });
  }

  private Future<Void> next() {
    if (stopped) return Future.succeededFuture();
    return store
        .after(database, position, BATCH)
        .compose(
            events -> {
              if (!events.isEmpty()) tell(events);
              return events.size() == BATCH ? next() : Future.<Void>succeededFuture();
            });
  }

  private void tell(List<PlacedEvent> events) {
    events.forEach(placed -> tell(placed.event(), Optional.of(placed.position())));
    position = events.get(events.size() - 1).position();
    for (Follower follower : followers) {
      try {
        follower.heard(events);
      } catch (RuntimeException wrong) {
        log.error("a follower failed at {}", position, wrong);
      }
    }
  }

  /**
   * The database was away, or this is the start. Reading on is right if it is the one it was: not a
   * standby that took over without the last commits, and with all events since.
   */
  private Future<Void> reassure() {
    return store
        .standing(database)
        .onSuccess(
            standing -> {
              boolean first = position == null;
              boolean goesOn =
                  !first
                      && standing.timeline().equals(timeline)
                      && !position.isAfter(standing.newest())
                      && !standing.horizon().isAfter(position);
              timeline = standing.timeline();
              doubtful = false;
              if (goesOn) return;
              position = standing.newest();
              if (!first) missed();
            })
        .mapEmpty();
  }

  private void missed() {
    log.warn("the database is not where it was: all that is remembered of it is dropped");
    forgetters.forEach(Runnable::run);
    followers.forEach(Follower::missed);
  }
}
