package afterword.notice;

import afterword.db.Database;
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

  private final Vertx vertx;
  private final Database database;
  private final NoticeErasure erasure = new NoticeErasure();
  private final Clock clock;
  private volatile long timer;
  private volatile boolean stopped;

  public NoticeExpiry(Vertx vertx, Database database, Clock clock) {
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

  Future<Void> sweep() {
    return database
        .write(tx -> erasure.whereOver(tx, clock.instant(), BATCH))
        .compose(count -> count == BATCH ? sweep() : Future.succeededFuture());
  }
}
