package afterword.bench;

import afterword.db.PgBouncer;
import afterword.journeys.Pods;
import java.time.Duration;

/**
 * Two services on one database, ten thousand decisions on the one that must show on the other
 * within a second: plainly, with the listening connections ended every second, and through
 * PgBouncer in transaction mode. {@code --between=nothing}, {@code listeners-killed} or {@code
 * pooler} runs one of them.
 */
final class PodsBench implements Benchmark {
  private static final String BETWEEN = "--between=";

  @Override
  public void measure(Run run) throws Exception {
    // On a machine that does ten other things a second is not the program's own.
    Duration limit = run.scale == Scale.SMOKE ? Duration.ofSeconds(30) : Duration.ofSeconds(1);
    int decisions = run.scale.of(16, 1_000, 10_000);
    for (Pods.Between between : Pods.Between.values()) {
      if (!asked(run, between)) continue;
      if (run.scale == Scale.SMOKE && between != Pods.Between.NOTHING) continue; // PodsIT has them
      String mode = between.name().toLowerCase();
      if (between == Pods.Between.POOLER && !PgBouncer.isInstalled()) {
        run.say("Left out: %s", PgBouncer.MISSING);
        continue;
      }
      run.say("%,d decisions, %s between", decisions, mode.replace('_', ' '));
      try (var pods = new Pods(between, limit)) {
        Pods.Outcome outcome = pods.decide(decisions);
        run.say(
            "  %,d answers read; right after p50 %d ms, p99 %d ms, at most %d ms",
            outcome.answers(), outcome.p50Millis(), outcome.p99Millis(), outcome.slowestMillis());
        outcome.staleAnswers().stream().limit(5).forEach(stale -> run.say("  stale: %s", stale));
        outcome.heldTextsSeen().stream().limit(5).forEach(seen -> run.say("  seen: %s", seen));
        outcome.liveDiffers().stream().limit(5).forEach(diff -> run.say("  live: %s", diff));
        run.figure(mode + "_stale", outcome.staleAnswers().size(), "answers", Goal.exactly(0));
        run.figure(
            mode + "_held_texts_seen", outcome.heldTextsSeen().size(), "answers", Goal.exactly(0));
        run.figure(
            mode + "_live_differs", outcome.liveDiffers().size(), "streams", Goal.exactly(0));
        run.figure(mode + "_p99_ms", outcome.p99Millis(), "ms", Goal.atMost(1_000));
      }
    }
  }

  private static boolean asked(Run run, Pods.Between between) {
    return run.options.stream()
        .filter(option -> option.startsWith(BETWEEN))
        .map(option -> option.substring(BETWEEN.length()).replace('-', '_'))
        .allMatch(between.name()::equalsIgnoreCase);
  }
}
