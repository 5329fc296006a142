package afterword.comment;

import afterword.db.Database;
import afterword.db.Sweeper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Deletes idempotency keys, spent proofs and counts that are older than a day, and fingerprints
 * that are older than thirty. Every process does it; twice does no harm.
 */
public final class KeyExpiry {
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int BATCH = 5_000;

  private final Database database;
  private final Clock clock;
  private final Sweeper sweeper;

  public KeyExpiry(Vertx vertx, Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.sweeper = new Sweeper(vertx, EVERY, this::sweep);
  }

  public void start() {
    sweeper.start();
  }

  public void stop() {
    sweeper.stop();
  }

  /** What is not asked for any more, of all sites at once: it reads nothing. */
  private static final List<String> SWEEPS =
      List.of(
          """
          delete from idempotency_key
          where (site_id, key_hash) in (
            select site_id, key_hash from idempotency_key where created_at <= $1 limit $2)
          """,
          """
          delete from nudge
          where (site_id, key_hash) in (select site_id, key_hash from nudge where created_at <= $1 limit $2)
          """,
          """
          delete from spent_proof
          where (site_id, proof) in (select site_id, proof from spent_proof where created_at <= $1 limit $2)
          """,
          """
          delete from sender_day
          where (site_id, sender, day) in (
            select site_id, sender, day from sender_day
            where day < ($1::timestamptz at time zone 'UTC')::date limit $2)
          """);

  private static final String SWEEP_PRINTS =
      """
      delete from text_print
      where (site_id, print, comment_id) in (
        select site_id, print, comment_id from text_print where created_at <= $1 limit $2)
      """;

  Future<Void> sweep() {
    Future<Void> all = sweep(SWEEP_PRINTS, before(FactStore.THIRTY_DAYS));
    for (String sql : SWEEPS) all = all.compose(done -> sweep(sql, before(FactStore.A_DAY)));
    return all;
  }

  private OffsetDateTime before(Duration ago) {
    return clock.instant().minus(ago).atOffset(ZoneOffset.UTC);
  }

  private Future<Void> sweep(String sql, OffsetDateTime until) {
    return database
        .write(tx -> tx.preparedQuery(sql).execute(Tuple.of(until, BATCH)))
        .compose(rows -> rows.rowCount() == BATCH ? sweep(sql, until) : Future.succeededFuture());
  }
}
