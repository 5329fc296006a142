package afterword.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/** What this process has sent to webhooks, and what came of it. */
public final class DeliveryMetrics {
  private final MeterRegistry registry;

  /**
   * @param results all there are, so that each begins at 0
   * @param mailResults all there are of mails
   */
  public DeliveryMetrics(
      MeterRegistry registry, Collection<String> results, Collection<String> mailResults) {
    this.registry = registry;
    results.forEach(this::attempts);
    mailResults.forEach(this::mails);
  }

  /** One attempt has ended so. */
  public void attempted(String result) {
    attempts(result).increment();
  }

  /** One mail was taken by the mail server, or was not. */
  public void mailed(String result) {
    mails(result).increment();
  }

  private Counter mails(String result) {
    return Counter.builder("afterword.mails")
        .description("Mails to moderators, by what came of them")
        .tag("result", result)
        .register(registry);
  }

  private Counter attempts(String result) {
    return Counter.builder("afterword.deliveries")
        .description("Attempts to tell a webhook something, by what came of them")
        .tag("result", result)
        .register(registry);
  }
}
