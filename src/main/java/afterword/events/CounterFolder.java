package afterword.events;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;

/**
 * Adds the deltas of finished events to the counters and scores every 250 ms, and ranks the roots
 * whose score changed. One process at a time does it, the one that gets the reader's row; the
 * others pass by. Locks nothing where nothing happened.
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

  /**
   * Of the threads in which a score changed, one event tells so, however many votes there were. A
   * new rank closes the one before; both carry the moment, so that a reader sees one order of all.
   */
  private static final String FOLD =
      """
      with reader as (
        select xid, event_id, moment from reader_position
        where reader = 'counters' and exists (
          select from event
          where (event.xid, event.id) > (reader_position.xid, reader_position.event_id)
            and event.xid < pg_snapshot_xmin(pg_current_snapshot()))
        for update skip locked
      ), batch as materialized (
        select e.site_id, e.thread_id, e.comment_id, e.root_id, e.delta, e.up, e.down, e.xid, e.id
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
      ), scores as (
        insert into comment_score as score (site_id, comment_id, up, down)
        select site_id, comment_id, sum(up), sum(down) from batch
        where up <> 0 or down <> 0 group by site_id, comment_id
        on conflict (site_id, comment_id) do update
          set up = score.up + excluded.up, down = score.down + excluded.down
        returning site_id, comment_id, up, down
      ), moved_rank as materialized (
        select comment.site_id, comment.thread_id, comment.id, comment.created_at,
          rank_of(scores.up, scores.down) as rank, before.since
        from scores
          join comment on comment.site_id = scores.site_id and comment.id = scores.comment_id
          left join comment_rank before on before.site_id = scores.site_id
            and before.comment_id = scores.comment_id and before.closed_at is null
        where comment.parent_id is null
          and rank_of(scores.up, scores.down) <> coalesce(before.rank, 0)
      ), closed as (
        update comment_rank set until = reader.moment + 1, closed_at = now()
        from moved_rank moved, reader
        where comment_rank.site_id = moved.site_id and comment_rank.comment_id = moved.id
          and comment_rank.since = moved.since
      ), opened as (
        insert into comment_rank (site_id, comment_id, since, until, thread_id, rank, created_at)
        select site_id, id, reader.moment + 1, 9223372036854775807, thread_id, rank, created_at
        from moved_rank, reader where rank <> 0
      ), told as (
        insert into event (site_id, kind, thread_id, created_at)
        select distinct site_id, 'scores-changed', thread_id, now() from batch where up <> 0 or down <> 0
      ), last as (
        select xid, id from batch order by xid desc, id desc limit 1
      ), moved as (
        update reader_position
        set xid = last.xid, event_id = last.id, moment = moment + (exists (select from moved_rank))::int
        from last where reader = 'counters'
      )
      select count(*)::int from batch
      """;

  private static final String FORGET =
      """
      with old as (
        delete from comment_rank
        where (site_id, comment_id, since) in (
          select site_id, comment_id, since from comment_rank
          where closed_at < now() - interval '1 hour'
          order by closed_at
          limit 5000)
        returning until
      )
      update reader_position set forgotten = greatest(forgotten, (select max(until) from old))
      where reader = 'counters' and exists (select from old)
      """;

  private static Future<Integer> fold(SqlConnection tx) {
    return tx.query(FOLD)
        .execute()
        .map(rows -> rows.iterator().next().getInteger(0))
        .compose(
            folded ->
                folded == 0
                    ? Future.succeededFuture(0)
                    : tx.query(FORGET).execute().map(forgotten -> folded));
  }
}
