package afterword.cli;

import afterword.Service;
import afterword.config.Config;
import afterword.config.ConfigException;
import afterword.config.DataFolder;
import afterword.ops.Metrics;
import afterword.ops.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service and what it stands on, stopped in the opposite order of its start. */
public final class Running {
  private static final Logger log = LoggerFactory.getLogger(Running.class);
  private static final int START_SECONDS = 60;
  private static final int SPARE_SECONDS = 2;

  private final Deque<Runnable> stops = new ArrayDeque<>();
  private final ReentrantLock starting = new ReentrantLock();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean stoppedInOrder = true;
  private Config config;
  private Optional<DataFolder> folder = Optional.empty();
  private Vertx vertx;
  private Service service;

  private Running() {}

  /** Starts, tells {@code started}, and returns once the process is told to stop. */
  static int untilStopped(Config config, Consumer<Running> started) {
    var running = new Running();
    Runtime.getRuntime().addShutdownHook(new Thread(running::stopAsTold, "stop"));
    try {
      running.starting.lock();
      try {
        running.start(config);
        started.accept(running);
      } finally {
        running.starting.unlock();
      }
    } catch (RuntimeException failed) {
      running.stop();
      throw failed;
    }
    running.await();
    return 0;
  }

  public Config config() {
    return config;
  }

  /** Empty with a database of the operator's. */
  public Optional<DataFolder> folder() {
    return folder;
  }

  public Vertx vertx() {
    return vertx;
  }

  public Service service() {
    return service;
  }

  /** Something more to stop, before all that was started earlier. */
  public void onStop(Runnable stop) {
    synchronized (stops) {
      stops.push(stop);
    }
  }

  public <T> T within(Future<T> future, String what) {
    return within(future, START_SECONDS, what);
  }

  private void start(Config given) {
    Installation installation = Installation.open(given);
    onStop(installation::close);
    config = installation.config();
    folder = installation.folder();
    var metrics = new Metrics();
    Optional<Tracing> tracing = Tracing.of(config);
    tracing.ifPresent(asked -> onStop(asked::close));
    vertx = metrics.vertx(new VertxOptions(), tracing);
    onStop(() -> within(vertx.close(), SPARE_SECONDS, "closing"));
    service = within(Service.start(vertx, config, Clock.systemUTC(), metrics), "the start");
    onStop(
        () ->
            within(
                service.stop(),
                config.drainSeconds() + config.finishSeconds() + SPARE_SECONDS,
                "finishing what is in flight"));
  }

  private void await() {
    try {
      stopped.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A process that was told to stop, and did, has not failed: it ends with 0 instead of 143. */
  private void stopAsTold() {
    if (stopped.getCount() == 0) return;
    stop();
    Runtime.getRuntime().halt(stoppedInOrder ? 0 : 1);
  }

  /** Lets a start come to its end first, so that nothing is left running behind it. */
  private void stop() {
    try {
      if (!starting.tryLock(SPARE_SECONDS, TimeUnit.SECONDS))
        log.warn("stopped in the middle of the start");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      for (Runnable stop = next(); stop != null; stop = next()) run(stop);
    } finally {
      if (starting.isHeldByCurrentThread()) starting.unlock();
      stopped.countDown();
    }
  }

  private void run(Runnable stop) {
    try {
      stop.run();
    } catch (RuntimeException failed) {
      stoppedInOrder = false;
      log.warn("not everything stopped in order: {}", failed.getMessage());
    }
  }

  private Runnable next() {
    synchronized (stops) {
      return stops.poll();
    }
  }

  private static <T> T within(Future<T> future, int seconds, String what) {
    try {
      return future.await(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new ConfigException(what + " took longer than " + seconds + " s");
    }
  }
}
