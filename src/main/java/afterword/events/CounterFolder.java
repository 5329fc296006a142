package afterword.events;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;

/**
 * Adds the deltas of finished events to the counters every 250 ms. One process at a time does it,
 * the one that gets the reader's row; the others pass by. Locks nothing where nothing happened.
 */
public final class CounterFolder {
  private static final int EVERY_MILLIS = 250;

  private final Vertx vertx;
  private final Database database;
  private volatile long timer;
  private volatile boolean stopped;

  public CounterFolder(Vertx vertx, Database database) {
    this.vertx = vertx;
    this.database = database;
  }

  public void start() {
    if (!stopped) timer = vertx.setTimer(EVERY_MILLIS, fired -> fold().onComplete(done -> start()));
  }

  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  /**
   * @return how many events were folded; 0 where another process is at it
   */
  public Future<Integer> fold() {
    return database.write(CounterFolder::fold);
  }

  private static final String FOLD =
      """
      with reader as (
        select xid, event_id from reader_position
        where reader = 'counters' and exists (
          select from event
          where (event.xid, event.id) > (reader_position.xid, reader_position.event_id)
            and event.xid < pg_snapshot_xmin(pg_current_snapshot()))
        for update skip locked
      ), batch as materialized (
        select e.site_id, e.thread_id, e.comment_id, e.root_id, e.delta, e.xid, e.id
        from reader r
        cross join lateral (
          select * from event
          where (xid, id) > (r.xid, r.event_id) and xid < pg_snapshot_xmin(pg_current_snapshot())
          order by xid, id
          limit 5000
        ) e
      ), threads as (
        insert into thread_counter as counter (site_id, thread_id, published)
        select site_id, thread_id, sum(delta) from batch where delta <> 0 group by site_id, thread_id
        on conflict (site_id, thread_id) do update set published = counter.published + excluded.published
      ), replies as (
        insert into reply_counter as counter (site_id, root_id, published)
        select site_id, root_id, sum(delta) from batch
        where delta <> 0 and comment_id <> root_id group by site_id, root_id
        on conflict (site_id, root_id) do update set published = counter.published + excluded.published
      ), last as (
        select xid, id from batch order by xid desc, id desc limit 1
      ), moved as (
        update reader_position set xid = last.xid, event_id = last.id from last where reader = 'counters'
      )
      select count(*)::int from batch
      """;

  private static Future<Integer> fold(SqlConnection tx) {
    return tx.query(FOLD).execute().map(rows -> rows.iterator().next().getInteger(0));
  }
}
