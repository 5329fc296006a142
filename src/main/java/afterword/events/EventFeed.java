package afterword.events;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells this process's listeners of every event, in order, a moment after its commit: own ones at
 * once ({@link #announce}, which may tell of an event a second time later), others' by polling.
 * After a failure it goes on where it was; listeners are told that nothing was missed only by time.
 */
public final class EventFeed {
  private static final Logger log = LoggerFactory.getLogger(EventFeed.class);
  private static final int POLL_MILLIS = 250;
  private static final int BATCH = 500;

  private final Vertx vertx;
  private final Database database;
  private final EventStore store;
  private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
  private volatile Position position;
  private volatile long timer;
  private volatile boolean stopped;

  public EventFeed(Vertx vertx, Database database, EventStore store) {
    this.vertx = vertx;
    this.database = database;
    this.store = store;
  }

  /** The listener must be quick and may be called from any event loop. */
  public void listen(Consumer<Event> listener) {
    listeners.add(listener);
  }

  /**
   * Starts with what commits from now on, where "now" is when the future ends, or later if the
   * database is away.
   */
  public Future<Void> start() {
    return poll().otherwiseEmpty().onComplete(done -> schedule());
  }

  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  /** This process's own change, right after its commit. */
  public void announce(Event event) {
    for (Consumer<Event> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException wrong) {
        log.error("a listener failed at {} of site {}", event.kind(), event.siteId(), wrong);
      }
    }
  }

  private void schedule() {
    if (!stopped)
      timer = vertx.setTimer(POLL_MILLIS, fired -> poll().onComplete(done -> schedule()));
  }

  private Future<Void> poll() {
    if (position == null)
      return store.newest(database).onSuccess(newest -> position = newest).mapEmpty();
    return store
        .after(database, position, BATCH)
        .compose(
            events -> {
              for (EventStore.Placed placed : events) {
                announce(placed.event());
                position = placed.position();
              }
              return events.size() == BATCH ? poll() : Future.<Void>succeededFuture();
            })
        .onFailure(cause -> log.debug("events wait for the database"));
  }
}
