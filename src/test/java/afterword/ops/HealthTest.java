package afterword.ops;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final TestClock clock = new TestClock();
  private final Health health = new Health(clock);

  @Test
  void is_alive_while_every_loop_ticks() {
    Runnable one = health.loop();
    Runnable two = health.loop();

    clock.advance(Duration.ofSeconds(10));
    one.run();
    assertTrue(health.isAlive());
    clock.advance(Duration.ofSeconds(1));
    assertFalse(health.isAlive(), "the other loop has not ticked for 11 s");
    two.run();
    assertTrue(health.isAlive());
  }

  @Test
  void is_ready_from_the_start_to_the_drain_unless_stalled() {
    Runnable loop = health.loop();
    assertFalse(health.isReady());
    health.started();
    assertTrue(health.isReady());
    clock.advance(Duration.ofSeconds(11));
    assertFalse(health.isReady());
    loop.run();
    health.drain();
    assertFalse(health.isReady());
    assertTrue(health.isAlive(), "a draining process must not be killed");
  }
}
