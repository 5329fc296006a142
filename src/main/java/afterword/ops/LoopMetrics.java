package afterword.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How late the event loops are: what every request waits for before anything is done for it. */
public final class LoopMetrics {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final Timer delay;

  public LoopMetrics(MeterRegistry registry) {
    delay =
        Timer.builder("afterword.event.loop.delay")
            .description("How much later than asked for the event loops run a timer")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
  }

  /**
   * A new event loop; it has to run the answer that often.
   *
   * @param everyMillis how often it was asked to
   */
  public Runnable loop(long everyMillis) {
    var last = new AtomicLong(System.nanoTime());
    return () -> {
      long now = System.nanoTime();
      long late = now - last.getAndSet(now) - TimeUnit.MILLISECONDS.toNanos(everyMillis);
      delay.record(Math.max(0, late), TimeUnit.NANOSECONDS);
    };
  }
}
