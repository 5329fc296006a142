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
 * {@code FILE}; then the whole service, against bots among people, who are other ones with every
 * seed. The full form adds three seeds up, since in one the goal of what may be held is six people.
 */
final class SpamBench implements Benchmark {
  private static final List<Long> SEEDS = List.of(4L, 5L, 6L);

  @Override
  public void measure(Run run) throws Exception {
    String asked = valueOf(run.options, "--seed", "");
    List<Long> seeds =
        !asked.isEmpty()
            ? List.of(Long.parseLong(asked))
            : run.scale == Scale.FULL ? SEEDS : SEEDS.subList(0, 1);
    run.say("Seeds %s. Templates: src/test/resources/spam/held-out, unknown to the model.", seeds);
    filterAlone(run, seeds.get(0));
    String data = valueOf(run.options, "--data", "");
    if (!data.isEmpty()) judge(run, Path.of(data));
    simulate(run, seeds);
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
  private static void simulate(Run run, List<Long> seeds) {
    boolean all = run.scale != Scale.SMOKE;
    List<Replay.Kind> kinds = all ? List.of(Replay.Kind.values()) : List.of(Replay.Kind.OPEN);
    Optional<Worst> alone = Optional.empty();
    if (all) alone = Optional.of(replay(run, seeds, kinds, Optional.empty()));
    Worst moderated = replay(run, seeds, kinds, Optional.of(pause(run.scale)));
    Worst worst = alone.map(moderated::or).orElse(moderated);
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
  private record Worst(double held, double takenBack, double goodHeld, long deleted) {
    static Worst of(Replay.Outcome outcome) {
      return new Worst(
          outcome.shareHeld(),
          outcome.shareTakenBack(),
          outcome.shareGoodHeld(),
          outcome.deleted());
    }

    Worst or(Worst other) {
      return new Worst(
          Math.min(held, other.held),
          Math.max(takenBack, other.takenBack),
          Math.max(goodHeld, other.goodHeld),
          deleted + other.deleted);
    }
  }

  private static Worst replay(
      Run run, List<Long> seeds, List<Replay.Kind> kinds, Optional<Duration> pause) {
    var worst = new Worst(1, 0, 0, 0);
    for (Replay.Kind kind : kinds) {
      Replay.Outcome all = Replay.Outcome.NONE;
      for (long seed : seeds) {
        run.say("");
        run.say("Seed %d", seed);
        Replay.Outcome outcome = Replay.of(kind, seed, run.scale, pause, run::say);
        tell(run, outcome);
        all = all.and(outcome);
      }
      if (seeds.size() > 1) {
        run.say("");
        run.say("Mode \"%s\", all seeds", kind.name().toLowerCase());
        tell(run, all);
      }
      worst = worst.or(Worst.of(all));
    }
    return worst;
  }

  private static void tell(Run run, Replay.Outcome outcome) {
    run.say(
        "  held %.4f of spam, took back %.4f; held %.4f of what people say (%d of %d)",
        outcome.shareHeld(),
        outcome.shareTakenBack(),
        outcome.shareGoodHeld(),
        outcome.goodHeld(),
        outcome.good());
  }

  private static String valueOf(List<String> options, String option, String otherwise) {
    int at = options.indexOf(option);
    return at < 0 || at + 1 == options.size() ? otherwise : options.get(at + 1);
  }
}
