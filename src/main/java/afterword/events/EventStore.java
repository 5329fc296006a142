package afterword.events;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The table of events. */
public final class EventStore {
  private static final String APPEND =
      """
      insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
      values ($1, $2, nullif($3::bigint, 0), nullif($4::bigint, 0), nullif($5::bigint, 0), $6, $7)
      """;

  /** Appends in the transaction of the change itself. */
  public Future<Void> append(SqlClient tx, Event event, Instant now) {
    return tx.preparedQuery(APPEND)
        .execute(
            Tuple.of(
                event.siteId(),
                event.kind().word(),
                event.threadId(),
                event.commentId(),
                event.rootId(),
                (short) event.delta(),
                now.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  /**
   * Finished events only: those of transactions older than every one still running. The order names
   * its table, because "xid" alone would be the text in the list above, and "10" comes before "9".
   */
  private static final String AFTER =
      """
      select site_id, kind, coalesce(thread_id, 0), coalesce(comment_id, 0), coalesce(root_id, 0), delta,
        xid::text, id
      from event
      where (xid, id) > ($1::text::xid8, $2) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by event.xid, event.id
      limit $3
      """;

  Future<List<Placed>> after(Database database, Position position, int limit) {
    return database
        .readCurrent(
            reads ->
                reads
                    .preparedQuery(AFTER)
                    .execute(
                        Tuple.of(Long.toUnsignedString(position.xid()), position.eventId(), limit)))
        .map(
            rows -> {
              var events = new ArrayList<Placed>();
              for (Row row : rows) events.add(placed(row));
              return events;
            });
  }

  private static final String NEWEST =
      "select (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text";

  /** Where a reader starts that needs nothing of the past: all finished events are behind it. */
  Future<Position> newest(Database database) {
    return database
        .readCurrent(reads -> reads.query(NEWEST).execute())
        .map(
            rows ->
                new Position(
                    Long.parseUnsignedLong(rows.iterator().next().getString(0)), Long.MAX_VALUE));
  }

  private static Placed placed(Row row) {
    var event =
        new Event(
            row.getInteger(0),
            Event.Kind.of(row.getString(1)),
            row.getLong(2),
            row.getLong(3),
            row.getLong(4),
            row.getShort(5));
    return new Placed(
        event, new Position(Long.parseUnsignedLong(row.getString(6)), row.getLong(7)));
  }

  record Placed(Event event, Position position) {}
}
