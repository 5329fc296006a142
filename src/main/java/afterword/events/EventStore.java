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
        xid::text, id, created_at
      from event
      where (xid, id) > ($1::text::xid8, $2) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by event.xid, event.id
      limit $3
      """;

  Future<List<PlacedEvent>> after(Database database, Position position, int limit) {
    return database
        .readCurrent(
            reads ->
                reads
                    .preparedQuery(AFTER)
                    .execute(
                        Tuple.of(Long.toUnsignedString(position.xid()), position.eventId(), limit)))
        .map(EventStore::placed);
  }

  /**
   * A standby that takes over counts a new timeline; "newest" is behind all that may still commit.
   */
  private static final String STANDING =
      """
      select (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text,
        case when pg_is_in_recovery() then '' else left(pg_walfile_name(pg_current_wal_lsn()), 8) end,
        horizon.xid::text, horizon.event_id
      from reader_position as horizon
      where reader = 'horizon'
      """;

  public Future<Standing> standing(Database database) {
    return database
        .readCurrent(reads -> reads.query(STANDING).execute())
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Standing(
                  new Position(Long.parseUnsignedLong(row.getString(0)), Long.MAX_VALUE),
                  row.getString(1),
                  new Position(Long.parseUnsignedLong(row.getString(2)), row.getLong(3)));
            });
  }

  private static final String OF_THREAD =
      """
      select site_id, kind, coalesce(thread_id, 0), coalesce(comment_id, 0), coalesce(root_id, 0), delta,
        xid::text, id, created_at
      from event
      where site_id = $1 and thread_id = $2
        and (xid, id) > ($3::text::xid8, $4) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by event.xid, event.id
      limit $5
      """;

  /** Finished events of one thread. */
  public Future<List<PlacedEvent>> ofThread(
      Database database, int site, long thread, Position after, int limit) {
    var parameters =
        Tuple.of(site, thread, Long.toUnsignedString(after.xid()), after.eventId(), limit);
    return database
        .readCurrent(reads -> reads.preparedQuery(OF_THREAD).execute(parameters))
        .map(EventStore::placed);
  }

  private static List<PlacedEvent> placed(Iterable<Row> rows) {
    var events = new ArrayList<PlacedEvent>();
    for (Row row : rows) events.add(placed(row));
    return events;
  }

  private static PlacedEvent placed(Row row) {
    var event =
        new Event(
            row.getInteger(0),
            Event.Kind.of(row.getString(1)),
            row.getLong(2),
            row.getLong(3),
            row.getLong(4),
            row.getShort(5));
    return new PlacedEvent(
        event,
        new Position(Long.parseUnsignedLong(row.getString(6)), row.getLong(7)),
        row.getOffsetDateTime(8).toInstant());
  }

  /**
   * How the database stands.
   *
   * @param newest where a reader starts that needs nothing of the past: all finished events are
   *     behind it
   * @param horizon up to which events are removed
   */
  public record Standing(Position newest, String timeline, Position horizon) {}
}
