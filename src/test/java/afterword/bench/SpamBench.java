package afterword.bench;

import afterword.spam.Judging;
import afterword.spam.Measured;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code bin/bench spam [--seed N] [--data FILE]}: how well spam is kept out and people are let in.
 * First the filter alone, on texts whose templates took no part in training and on the comments of
 * {@code FILE}; then the whole service, against bots among people.
 */
final class SpamBench implements Benchmark {
  private static final long SEED = 4;

  @Override
  public void measure(Run run) throws Exception {
    long seed = Long.parseLong(valueOf(run.options, "--seed", Long.toString(SEED)));
    run.say("Seed %d. Templates: src/test/resources/spam/held-out, unknown to the model.", seed);
    filterAlone(run, seed);
    String data = valueOf(run.options, "--data", "");
    if (!data.isEmpty()) judge(run, Path.of(data));
    simulate(run, seed);
  }

  private static void filterAlone(Run run, long seed) {
    run.say("The filter alone, shipped model, on generated texts:");
    var judging = new Judging(seed);
    Measured all = judging.generated(run.scale.of(600, 6_000, 20_000), run::say);
    run.figure("auc", all.auc(), "area", Goal.atLeast(0.985));
    run.figure("recall_at_0.2", all.recallAt(0.002), "share", Goal.atLeast(0.75));
    run.figure("recall_at_1", all.recallAt(0.01), "share", Goal.atLeast(0.88));
    run.figure("calibration_error", all.calibrationError(), "share", Goal.stated());
    run.figure(
        "other_languages_vs_english",
        judging.otherLanguagesAgainstEnglish(run.scale.of(300, 4_000, 12_000)),
        "ratio",
        Goal.atMost(2));
    run.figure(
        "p99_micros",
        judging.p99Micros(run.scale.of(2_000, 20_000, 100_000)),
        "µs",
        Goal.atMost(1_000));
    run.figure("model_bytes", Judging.modelBytes(), "bytes", Goal.atMost(2_000_000));
  }

  private static void judge(Run run, Path data) throws Exception {
    run.say("");
    run.say("On %s, group by group (equal texts on one side only):", data.getFileName());
    for (Judging.Row row : Judging.byGroup(data)) {
      Measured m = row.measured();
      run.say(
          "  %-44s n %5d  auc %.4f  recall at 0.2 %% %.3f, at 1 %% %.3f",
          row.what(), m.size(), m.auc(), m.recallAt(0.002), m.recallAt(0.01));
    }
  }

  private static void simulate(Run run, long seed) {
    run.say("");
    double held = 1;
    double wronglyHeld = 0;
    long deleted = 0;
    for (Replay.Kind kind : Replay.Kind.values()) {
      Replay.Outcome outcome = Replay.of(kind, seed, run.scale, run::say);
      held = Math.min(held, outcome.spamHeld());
      wronglyHeld = Math.max(wronglyHeld, outcome.goodHeld());
      deleted += outcome.deleted();
    }
    run.figure("spam_held", held, "share", Goal.atLeast(0.98));
    run.figure("good_held", wronglyHeld, "share", Goal.atMost(0.003));
    run.figure("deleted_by_machine", deleted, "count", Goal.exactly(0));
  }

  private static String valueOf(List<String> options, String option, String otherwise) {
    int at = options.indexOf(option);
    return at < 0 || at + 1 == options.size() ? otherwise : options.get(at + 1);
  }
}
