package afterword.ops;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What the probes ask about. The database is no part of it: cached threads are served without. */
public final class Health {
  private static final Duration STALLED_AFTER = Duration.ofSeconds(10);

  private final Clock clock;
  private final List<AtomicLong> lastTicks = new CopyOnWriteArrayList<>();
  private volatile boolean started;
  private volatile boolean draining;

  public Health(Clock clock) {
    this.clock = clock;
  }

  /** A new event loop to watch; it has to run the answer every second. */
  public Runnable loop() {
    var lastTick = new AtomicLong(clock.millis());
    lastTicks.add(lastTick);
    return () -> lastTick.set(clock.millis());
  }

  public void started() {
    started = true;
  }

  /** From now on no new work should be sent here. */
  public void drain() {
    draining = true;
  }

  public boolean draining() {
    return draining;
  }

  boolean isAlive() {
    long now = clock.millis();
    return lastTicks.stream().allMatch(tick -> now - tick.get() <= STALLED_AFTER.toMillis());
  }

  boolean isStarted() {
    return started;
  }

  boolean isReady() {
    return started && !draining && isAlive();
  }
}
