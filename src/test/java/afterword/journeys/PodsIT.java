package afterword.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import afterword.db.PgBouncer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Any number of processes agree. Here with a generous limit and few decisions, because the machine
 * may be busy; {@code bin/bench pods} makes ten thousand and holds them to one second.
 */
class PodsIT {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int DECISIONS = Integer.getInteger("afterword.pods.decisions", 60);

  @ParameterizedTest
  @EnumSource
  void what_is_decided_on_one_is_so_on_the_other(Pods.Between between) throws Exception {
    if (between == Pods.Between.POOLER) assumeTrue(PgBouncer.isInstalled(), PgBouncer.MISSING);
    try (var pods = new Pods(between, LIMIT)) {
      Pods.Outcome outcome = pods.decide(DECISIONS);

      assertEquals(Set.of(), outcome.staleAnswers());
      assertEquals(Set.of(), outcome.heldTextsSeen());
      assertEquals(Set.of(), outcome.liveDiffers());
      assertTrue(outcome.answers() > DECISIONS);
    }
  }
}
