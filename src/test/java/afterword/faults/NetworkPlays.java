package afterword.faults;

import afterword.bench.Scale;

/** What happens between the service and its database. */
final class NetworkPlays {
  private static final int WORKERS = 16;
  private static final int PER_SECOND = 200;

  private NetworkPlays() {}

  /** The insert was committed, and nobody says so. */
  static Row commitAnswerLost(String name, Scale scale) throws Exception {
    return during(name, scale.of(2, 10, 30), stage -> stage.link.dropAnswers(0.2));
  }

  static Row blackHole(String name, Scale scale) throws Exception {
    return during(
        name,
        scale.of(3, 10, 30),
        stage -> {
          stage.readers.databaseAway(true);
          stage.link.silent(true);
        });
  }

  static Row slow(String name, Scale scale) throws Exception {
    return during(
        name,
        scale.of(3, 10, 30),
        stage -> {
          // A round trip takes as long as across an ocean: what is removed arrives later too.
          stage.readers.databaseAway(true);
          stage.link.delay(100);
        });
  }

  static Row lossy(String name, Scale scale) throws Exception {
    return during(name, scale.of(2, 10, 30), stage -> stage.link.lose(0.01));
  }

  private interface Harm {
    void to(Stage stage);
  }

  private static Row during(String name, int seconds, Harm harm) throws Exception {
    try (var stage = new Stage(Stage.Plan.ONE)) {
      stage.begin(WORKERS, PER_SECOND);
      harm.to(stage);
      Thread.sleep(seconds * 1_000L);
      stage.link.mend();
      double recovery = stage.untilQuiet(System.nanoTime());
      int times = Math.max(1, stage.link.takeHarm());
      return stage.row(name, times, recovery, new Row.Limit(seconds + " s long", true));
    }
  }
}
