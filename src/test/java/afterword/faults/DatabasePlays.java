package afterword.faults;

import afterword.bench.Scale;

/** What happens to the database besides being killed. */
final class DatabasePlays {
  private static final int WORKERS = 16;
  private static final int PER_SECOND = 100;

  private DatabasePlays() {}

  static Row immediateStop(String name, Scale scale) throws Exception {
    return stopped(name, scale.of(1, 5, 10), stage -> stage.postgres.stopImmediately());
  }

  static Row restart(String name, Scale scale) throws Exception {
    return stopped(name, scale.of(1, 5, 10), stage -> stage.postgres.stop());
  }

  private interface Harm {
    void to(Stage stage) throws Exception;
  }

  private static Row stopped(String name, int times, Harm harm) throws Exception {
    try (var stage = new Stage(Stage.Plan.ONE)) {
      stage.begin(WORKERS, PER_SECOND);
      double slowest = 0;
      for (int i = 0; i < times; i++) {
        Thread.sleep(500);
        stage.readers.databaseAway(true);
        harm.to(stage);
        Thread.sleep(500);
        stage.postgres.start();
        slowest = Math.max(slowest, stage.untilQuiet(System.nanoTime()));
      }
      return stage.row(name, times, slowest, Row.Limit.NONE);
    }
  }

  /** SIGSTOP: connections stay open and nobody answers; then it goes on as if nothing were. */
  static Row frozen(String name, Scale scale) throws Exception {
    int seconds = scale.of(3, 10, 30);
    try (var stage = new Stage(Stage.Plan.ONE)) {
      stage.begin(WORKERS, PER_SECOND);
      Thread.sleep(1_000);
      stage.readers.databaseAway(true);
      stage.postgres.freeze();
      try {
        Thread.sleep(seconds * 1_000L);
      } finally {
        stage.postgres.thaw();
      }
      double recovery = stage.untilQuiet(System.nanoTime());
      return stage.row(name, 1, recovery, new Row.Limit(seconds + " s frozen", true));
    }
  }

  /** The primary dies under load, and its standby takes over. */
  static Row standby(String name, Scale scale) throws Exception {
    return standby(name, scale, true, 0);
  }

  static Row standby(String name, Scale scale, boolean synchronous, int lagMillis)
      throws Exception {
    try (var stage = new Stage(Stage.Plan.ONE)) {
      stage.addStandby(synchronous, lagMillis);
      stage.begin(WORKERS, 400);
      Thread.sleep(scale.of(1, 5, 15) * 1_000L);
      stage.readers.databaseAway(true);
      stage.postgres.kill();
      stage.failOver();
      long promoted = System.nanoTime();
      double posting = stage.untilAcknowledged(promoted);
      double recovery = stage.untilQuiet(promoted);
      return stage.row(
          name,
          1,
          recovery,
          new Row.Limit("posting again after %.1f s (≤ 10)".formatted(posting), posting <= 10));
    }
  }
}
