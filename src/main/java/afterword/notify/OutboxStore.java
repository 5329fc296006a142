package afterword.notify;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;

/**
 * The table of what third parties have yet to hear of. Rows come from the statements that change
 * comments; here they become deliveries.
 */
final class OutboxStore {
  private static final int BATCH = 500;

  private final Database database;

  OutboxStore(Database database) {
    this.database = database;
  }

  private static final String CLAIM =
      """
      select site_id, comment_id from outbox
      where changed_at <= $1
      order by changed_at
      limit $2
      for update skip locked
      """;

  /**
   * A statement of its own after the claim, so that it sees what was committed before the rows were
   * locked. From then on a change of the comment waits for this transaction before it notes itself.
   */
  private static final String DELIVER =
      """
      with claimed as materialized (
        select * from unnest($1::int[], $2::bigint[]) as claimed (site_id, comment_id)
      ), news as materialized (
        select o.site_id, o.comment_id, o.changed_at,
          case
            when standing(c.status) = 'published' and o.told <> 'published' then 'comment.published'
            when standing(c.status) = 'published' and o.told_edited_at is distinct from c.edited_at
              then 'comment.edited'
            when standing(c.status) = 'held' and o.told <> 'held' then 'comment.held'
            when standing(c.status) = 'gone' and o.told in ('held', 'published') then 'comment.removed'
          end as event
        from claimed
          join outbox o on o.site_id = claimed.site_id and o.comment_id = claimed.comment_id
          join comment c on c.site_id = o.site_id and c.id = o.comment_id
      ), queued as (
        insert into delivery (site_id, webhook_id, event, comment_id, attempts_allowed, next_at, created_at)
        select w.site_id, w.id, news.event, news.comment_id, $3::int, $4::timestamptz, news.changed_at
        from news join webhook w on w.site_id = news.site_id and w.enabled and news.event = any(w.events)
        order by news.changed_at, news.comment_id
      )
      delete from outbox using claimed
      where outbox.site_id = claimed.site_id and outbox.comment_id = claimed.comment_id
      """;

  /**
   * Makes deliveries of what has stood since then. Many processes may do it at once.
   *
   * @return how many changes there were
   */
  Future<Integer> deliver(Instant until, Instant now) {
    return database.write(
        tx ->
            tx.preparedQuery(CLAIM)
                .execute(Tuple.of(utc(until), BATCH))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture(0)
                            : deliver(tx, rows, now).map(rows.size())));
  }

  private static Future<Void> deliver(SqlConnection tx, RowSet<Row> claimed, Instant now) {
    var sites = new ArrayList<Integer>();
    var comments = new ArrayList<Long>();
    for (Row row : claimed) {
      sites.add(row.getInteger(0));
      comments.add(row.getLong(1));
    }
    return tx.preparedQuery(DELIVER)
        .execute(
            Tuple.tuple()
                .addArrayOfInteger(sites.toArray(Integer[]::new))
                .addArrayOfLong(comments.toArray(Long[]::new))
                .addInteger(Retries.MOST)
                .addOffsetDateTime(utc(now)))
        .mapEmpty();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
