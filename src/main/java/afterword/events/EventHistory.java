package afterword.events;

import afterword.db.Database;
import io.vertx.core.Future;
import java.util.List;

/** What happened in a thread, as far back as events are kept. */
public final class EventHistory {
  private final Database database;
  private final EventStore store;

  public EventHistory(Database database, EventStore store) {
    this.database = database;
    this.store = store;
  }

  /**
   * @param events after the one asked for, in order, no more than asked for
   * @param horizon up to which events are removed
   * @param newest no finished event is after it
   */
  public record Past(List<PlacedEvent> events, Position horizon, Position newest) {}

  /** The horizon is read last: no event after it was removed before it could be read. */
  public Future<Past> ofThread(int site, long thread, Position after, int limit) {
    return store
        .ofThread(database, site, thread, after, limit)
        .compose(
            events ->
                store.standing(database).map(now -> new Past(events, now.horizon(), now.newest())));
  }
}
