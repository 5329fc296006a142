package afterword.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/** What the rules and the moderators decide in this process. */
public final class DeskMetrics {
  private final MeterRegistry registry;

  /**
   * @param actions all there are, so that each begins at 0
   */
  public DeskMetrics(MeterRegistry registry, Collection<String> actions) {
    this.registry = registry;
    actions.forEach(this::decisions);
  }

  /**
   * @param outcome what was done with the submission, such as "hold"
   * @param reasons their codes, such as "first-comment"; each is counted
   */
  public void verdict(String outcome, Collection<String> reasons) {
    for (String reason : reasons) verdicts(outcome, reason).increment();
  }

  /** So many comments were changed by one decision. */
  public void decision(String action, int comments) {
    decisions(action).increment(comments);
  }

  /**
   * Outcomes and reasons are a few dozen words of the rules' table; a first count makes the series.
   */
  private Counter verdicts(String outcome, String reason) {
    return Counter.builder("afterword.verdicts")
        .description(
            "Submissions by what the rules said, and why; one with two reasons counts in both")
        .tag("verdict", outcome)
        .tag("reason", reason)
        .register(registry);
  }

  private Counter decisions(String action) {
    return Counter.builder("afterword.decisions")
        .description("Comments that moderators decided on")
        .tag("action", action)
        .register(registry);
  }
}
