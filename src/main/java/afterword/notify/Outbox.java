package afterword.notify;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;

/**
 * Makes deliveries of changes that nobody has taken back for a while, once a second. Every process
 * does it; each row is taken by one.
 */
final class Outbox {
  private static final int EVERY_MILLIS = 1_000;

  private final Vertx vertx;
  private final OutboxStore store;
  private final Duration grace;
  private final Clock clock;
  private final Runnable due;
  private volatile long timer;
  private volatile boolean stopped;

  /**
   * @param due is run when there are new deliveries
   */
  Outbox(Vertx vertx, OutboxStore store, Duration grace, Clock clock, Runnable due) {
    this.vertx = vertx;
    this.store = store;
    this.grace = grace;
    this.clock = clock;
    this.due = due;
  }

  void start() {
    if (!stopped)
      timer = vertx.setTimer(EVERY_MILLIS, fired -> empty().onComplete(done -> start()));
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  /**
   * @return how many changes were told of, or turned out not to be worth it
   */
  Future<Integer> empty() {
    var now = clock.instant();
    return store
        .deliver(now.minus(grace), now)
        .compose(
            some -> {
              if (some == 0) return Future.succeededFuture(0);
              due.run();
              return empty().map(more -> some + more);
            });
  }
}
