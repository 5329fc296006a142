package afterword.audit;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Chains finished rows of the audit once a second. One process at a time does it, the one that gets
 * the sealer's row; the others pass by.
 */
public final class Sealer {
  private static final int EVERY_MILLIS = 1_000;
  private static final int BATCH = 2_000;

  private final Vertx vertx;
  private final Database database;
  private final Clock clock;
  private volatile long timer;
  private volatile boolean stopped;

  public Sealer(Vertx vertx, Database database, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.clock = clock;
  }

  public void start() {
    if (!stopped) timer = vertx.setTimer(EVERY_MILLIS, fired -> seal().onComplete(done -> start()));
  }

  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  /**
   * @return how many rows were sealed; 0 where another process is at it
   */
  public Future<Integer> seal() {
    return database
        .write(this::batch)
        .compose(n -> n == BATCH ? seal().map(more -> n + more) : Future.succeededFuture(n));
  }

  private static final String CLAIM =
      """
      select number, link, xid::text, audit_id from audit_sealer
      where exists (
        select from audit a
        where (a.xid, a.id) > (audit_sealer.xid, audit_sealer.audit_id)
          and a.xid < pg_snapshot_xmin(pg_current_snapshot()))
      for update skip locked
      """;

  private static final String FINISHED =
      "select "
          + SealedRow.COLUMNS
          + """
      from audit a
      where (a.xid, a.id) > ($1::text::xid8, $2) and a.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by a.xid, a.id
      limit $3
      """;

  private Future<Integer> batch(SqlConnection tx) {
    return tx.query(CLAIM)
        .execute()
        .compose(
            claimed -> {
              if (claimed.size() == 0) return Future.succeededFuture(0);
              Row last = claimed.iterator().next();
              return tx.preparedQuery(FINISHED)
                  .execute(Tuple.of(last.getString(2), last.getLong(3), BATCH))
                  .compose(
                      rows -> {
                        var sealed = new ArrayList<SealedRow>(rows.size());
                        for (Row row : rows) sealed.add(SealedRow.of(row));
                        return chain(tx, last.getLong(0), last.getBuffer(1).getBytes(), sealed);
                      });
            });
  }

  private static final String SEAL =
      """
      with moved as (
        update audit_sealer set number = $1, link = $2, xid = $3::text::xid8, audit_id = $4
      )
      insert into audit_seal (number, site_id, audit_id, row_hash, link, sealed_at)
      select number, site_id, audit_id, row_hash, link, $5::timestamptz
      from unnest($6::bigint[], $7::int[], $8::bigint[], $9::bytea[], $10::bytea[])
        as seal (number, site_id, audit_id, row_hash, link)
      """;

  private Future<Integer> chain(SqlConnection tx, long number, byte[] link, List<SealedRow> rows) {
    if (rows.isEmpty()) return Future.succeededFuture(0);
    int count = rows.size();
    var numbers = new Long[count];
    var links = new Buffer[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = ++number;
      link = SealedRow.link(link, rows.get(i).hash());
      links[i] = Buffer.buffer(link);
    }
    SealedRow last = rows.get(count - 1);
    return tx.preparedQuery(SEAL)
        .execute(
            Tuple.tuple()
                .addLong(number)
                .addBuffer(Buffer.buffer(link))
                .addString(last.xid())
                .addLong(last.id())
                .addOffsetDateTime(clock.instant().atOffset(ZoneOffset.UTC))
                .addArrayOfLong(numbers)
                .addArrayOfInteger(rows.stream().map(SealedRow::site).toArray(Integer[]::new))
                .addArrayOfLong(rows.stream().map(SealedRow::id).toArray(Long[]::new))
                .addArrayOfBuffer(
                    rows.stream().map(row -> Buffer.buffer(row.hash())).toArray(Buffer[]::new))
                .addArrayOfBuffer(links))
        .map(count);
  }
}
