package afterword.bench;

import afterword.spam.Judging;
import afterword.spam.Measured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

  /** How often the moderator of the second form works off the queue, by the service's clock. */
  private static Duration pause(Scale scale) {
    return Duration.ofHours(scale.of(360, 24, 12));
  }

  /** To see that it works, one mode in the form that does more. */
  private static void simulate(Run run, long seed) {
    boolean all = run.scale != Scale.SMOKE;
    List<Replay.Kind> kinds = all ? List.of(Replay.Kind.values()) : List.of(Replay.Kind.OPEN);
    Optional<Replayed> alone = Optional.empty();
    if (all) alone = Optional.of(replay(run, seed, kinds, Optional.empty()));
    Replayed moderated = replay(run, seed, kinds, Optional.of(pause(run.scale)));
    Replayed worst = alone.map(moderated::or).orElse(moderated);
    run.figure("spam_held", moderated.held, "share", Goal.atLeast(0.98));
    alone.ifPresent(
        nobody -> {
          run.figure("spam_held_alone", nobody.held, "share", Goal.stated());
          run.figure("spam_taken_back_alone", nobody.takenBack, "share", Goal.stated());
        });
    run.figure("good_held", worst.goodHeld, "share", Goal.atMost(0.003));
    run.figure("deleted_by_machine", worst.deleted, "count", Goal.exactly(0));
  }

  /** The lesser share that was held, the greater of what should not have been; all deleted. */
  private record Replayed(double held, double takenBack, double goodHeld, long deleted) {
    Replayed or(Replayed other) {
      return new Replayed(
          Math.min(held, other.held),
          Math.max(takenBack, other.takenBack),
          Math.max(goodHeld, other.goodHeld),
          deleted + other.deleted);
    }
  }

  private static Replayed replay(
      Run run, long seed, List<Replay.Kind> kinds, Optional<Duration> pause) {
    var worst = new Replayed(1, 0, 0, 0);
    for (Replay.Kind kind : kinds) {
      run.say("");
      Replay.Outcome outcome = Replay.of(kind, seed, run.scale, pause, run::say);
      run.say(
          "  held %.4f of spam, took back %.4f; held %.4f of what people say",
          outcome.spamHeld(), outcome.takenBack(), outcome.goodHeld());
      worst =
          worst.or(
              new Replayed(
                  outcome.spamHeld(), outcome.takenBack(), outcome.goodHeld(), outcome.deleted()));
    }
    return worst;
  }

  private static String valueOf(List<String> options, String option, String otherwise) {
    int at = options.indexOf(option);
    return at < 0 || at + 1 == options.size() ? otherwise : options.get(at + 1);
  }
}
