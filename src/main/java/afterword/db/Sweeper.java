package afterword.db;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/** Sweeps again and again, each time that long after the last sweep has ended, until stopped. */
public final class Sweeper {
  private final Vertx vertx;
  private final Duration every;
  private final Supplier<Future<Void>> sweep;
  private volatile long timer;
  private volatile boolean stopped;

  public Sweeper(Vertx vertx, Duration every, Supplier<Future<Void>> sweep) {
    this.vertx = vertx;
    this.every = every;
    this.sweep = sweep;
  }

  public void start() {
    if (!stopped)
      timer = vertx.setTimer(every.toMillis(), fired -> sweep.get().onComplete(done -> start()));
  }

  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }
}
