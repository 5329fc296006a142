package afterword.events;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * Removes events that every reader has passed and that are older than a day, the oldest first and
 * without a gap, a few at a time. What remains is all that came after the horizon.
 */
public final class EventRetention {
  private static final Duration KEPT = Duration.ofDays(1);
  private static final int AT_ONCE = 1_000;
  private static final int EVERY_MILLIS = 60_000;
  private static final int PAUSE_MILLIS = 200;

  private final Vertx vertx;
  private final Database database;
  private final Clock clock;
  private volatile long timer;
  private volatile boolean stopped;

  public EventRetention(Vertx vertx, Database database, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.clock = clock;
  }

  public void start() {
    schedule(EVERY_MILLIS);
  }

  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void schedule(int millis) {
    if (stopped) return;
    timer =
        vertx.setTimer(
            millis,
            fired ->
                remove()
                    .otherwise(0)
                    .onSuccess(
                        removed -> schedule(removed == AT_ONCE ? PAUSE_MILLIS : EVERY_MILLIS)));
  }

  /**
   * $1 until when, $2 how many. "Everybody" is the reader that is furthest behind; the horizon is
   * no reader. One process at a time: whoever does not get the horizon's row removes nothing.
   */
  private static final String REMOVE =
      """
      with horizon as materialized (
        select reader from reader_position where reader = 'horizon' for update skip locked
      ), passed as materialized (
        select xid, event_id from reader_position where reader <> 'horizon'
        order by reader_position.xid, reader_position.event_id
        limit 1
      ), oldest as materialized (
        select site_id, id, xid, created_at from event
        where (xid, id) <= ((select xid from passed), (select event_id from passed))
          and exists (select from horizon)
        order by event.xid, event.id
        limit $2
      ), young as materialized (
        select xid, id from oldest where created_at >= $1 order by oldest.xid, oldest.id limit 1
      ), gone as (
        delete from event using oldest
        where event.site_id = oldest.site_id and event.id = oldest.id
          and ((oldest.xid, oldest.id) < ((select xid from young), (select id from young))
            or not exists (select from young))
        returning event.xid, event.id
      ), last as (
        select xid, id from gone order by gone.xid desc, gone.id desc limit 1
      ), moved as (
        update reader_position set xid = last.xid, event_id = last.id from last where reader = 'horizon'
      )
      select count(*)::int from gone
      """;

  /**
   * @return how many were removed
   */
  Future<Integer> remove() {
    var until = clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC);
    return database
        .pool()
        .preparedQuery(REMOVE)
        .execute(Tuple.of(until, AT_ONCE))
        .map(rows -> rows.iterator().next().getInteger(0));
  }
}
