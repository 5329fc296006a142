package afterword.notice;

import afterword.db.Database;
import afterword.db.Sweeper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;

/**
 * Forgets who sent a notice once nobody can appeal any more. Every process does it; twice does no
 * harm.
 */
public final class NoticeExpiry {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int BATCH = 1_000;

  private final Database database;
  private final NoticeErasure erasure = new NoticeErasure();
  private final Clock clock;
  private final Sweeper sweeper;

  public NoticeExpiry(Vertx vertx, Database database, Clock clock) {
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

  Future<Void> sweep() {
    return database
        .write(tx -> erasure.whereOver(tx, clock.instant(), BATCH))
        .compose(count -> count == BATCH ? sweep() : Future.succeededFuture());
  }
}
