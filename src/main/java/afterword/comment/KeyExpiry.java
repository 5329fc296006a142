package afterword.comment;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * Deletes idempotency keys that are older than a day. Every process does it; twice does no harm.
 */
public final class KeyExpiry {
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int BATCH = 5_000;

  private final Vertx vertx;
  private final Database database;
  private final Clock clock;
  private volatile long timer;
  private volatile boolean stopped;

  public KeyExpiry(Vertx vertx, Database database, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.clock = clock;
  }

  public void start() {
    if (!stopped)
      timer = vertx.setTimer(EVERY.toMillis(), fired -> sweep().onComplete(done -> start()));
  }

  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  /** Of all sites at once: it reads nothing. */
  private static final String SWEEP =
      """
      delete from idempotency_key
      where (site_id, key_hash) in (
        select site_id, key_hash from idempotency_key where created_at <= $1 limit $2)
      """;

  Future<Void> sweep() {
    var until = clock.instant().minus(FactStore.A_DAY).atOffset(ZoneOffset.UTC);
    return database
        .write(tx -> tx.preparedQuery(SWEEP).execute(Tuple.of(until, BATCH)))
        .compose(rows -> rows.rowCount() == BATCH ? sweep() : Future.succeededFuture());
  }
}
