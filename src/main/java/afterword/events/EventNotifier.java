package afterword.events;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells all processes that there are new events: one notification for as many as there are, sent by
 * the one process that gets the reader's row. A notification takes a lock of the whole database at
 * its commit, so changes do not send their own. It holds a position, nothing else.
 */
public final class EventNotifier {
  public static final String CHANNEL = "afterword_events";

  /** Own changes are told this much later, together with those that come meanwhile. */
  private static final int GATHERED_MILLIS = 20;

  /** For changes of processes that ended before they told, and of commands. */
  private static final int EVERY_MILLIS = 250;

  private final Vertx vertx;
  private final Database database;
  private final AtomicBoolean nudged = new AtomicBoolean();
  private volatile long timer;
  private volatile boolean stopped;

  public EventNotifier(Vertx vertx, Database database) {
    this.vertx = vertx;
    this.database = database;
  }

  public void start() {
    timer = vertx.setPeriodic(EVERY_MILLIS, fired -> send());
  }

  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  /** This process has committed something. */
  public void nudge() {
    if (stopped || !nudged.compareAndSet(false, true)) return;
    vertx.setTimer(
        GATHERED_MILLIS,
        fired -> {
          nudged.set(false);
          if (!stopped) send();
        });
  }

  /** Locks nothing where there is nothing new. */
  private static final String SEND =
      """
      with reader as (
        select xid, event_id from reader_position
        where reader = 'notifier' and exists (
          select from event
          where (event.xid, event.id) > (reader_position.xid, reader_position.event_id)
            and event.xid < pg_snapshot_xmin(pg_current_snapshot()))
        for update skip locked
      ), last as materialized (
        select e.xid, e.id from reader cross join lateral (
          select xid, id from event
          where (xid, id) > (reader.xid, reader.event_id) and xid < pg_snapshot_xmin(pg_current_snapshot())
          order by event.xid desc, event.id desc
          limit 1
        ) e
      ), moved as (
        update reader_position set xid = last.xid, event_id = last.id from last where reader = 'notifier'
      )
      select pg_notify('%s', xid || '-' || id) from last
      """
          .formatted(CHANNEL);

  /**
   * @return whether there was something to tell
   */
  Future<Boolean> send() {
    return database.pool().query(SEND).execute().map(rows -> rows.size() > 0);
  }
}
