package afterword.notify;

import afterword.db.Sweeper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;

/**
 * Forgets deliveries: those that arrived after a week, those that were given up after a month.
 * Every process does it; twice does no harm.
 */
final class DeliveryExpiry {
  private static final Duration DELIVERED_KEPT = Duration.ofDays(7);
  private static final Duration FAILED_KEPT = Duration.ofDays(30);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int BATCH = 5_000;

  private final DeliveryStore store;
  private final Clock clock;
  private final Sweeper sweeper;

  DeliveryExpiry(Vertx vertx, DeliveryStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.sweeper = new Sweeper(vertx, EVERY, this::sweep);
  }

  void start() {
    sweeper.start();
  }

  void stop() {
    sweeper.stop();
  }

  Future<Void> sweep() {
    var now = clock.instant();
    return store
        .forget(now.minus(FAILED_KEPT), now.minus(DELIVERED_KEPT), BATCH)
        .compose(gone -> gone == BATCH ? sweep() : Future.succeededFuture());
  }
}
