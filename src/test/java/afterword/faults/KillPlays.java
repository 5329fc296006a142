package afterword.faults;

import afterword.bench.Scale;
import java.util.concurrent.ThreadLocalRandom;

/** kill -9 at random instants, each as soon as what was killed before works again. */
final class KillPlays {
  static final int WORKERS = 16;
  static final int PER_SECOND = 400;
  private static final int LONGEST_PAUSE_MILLIS = 600;

  private KillPlays() {}

  static Row service(String name, Scale scale) throws Exception {
    return services(name, scale, scale.of(1, 10, 100), 1);
  }

  static Row services(String name, Scale scale, int services) throws Exception {
    return services(name, scale, scale.of(2, 10, 25), services);
  }

  private static Row services(String name, Scale scale, int kills, int services) throws Exception {
    try (var stage = new Stage(Stage.Plan.ONE.withServices(services))) {
      stage.begin(WORKERS, perSecond(scale) / services);
      return services(name, kills, stage);
    }
  }

  /**
   * Each post is sent again in the end, and told of: where time is short there are fewer. Several
   * services take less, so that the machine has something left to start one with.
   */
  private static int perSecond(Scale scale) {
    return scale.of(100, PER_SECOND, PER_SECOND);
  }

  /** The services of that stage, where all have begun, one at a time. */
  static Row services(String name, int kills, Stage stage) throws Exception {
    double slowest = 0;
    for (int kill = 0; kill < kills; kill++) {
      pause(LONGEST_PAUSE_MILLIS);
      ServiceProcess one =
          stage.services.get(ThreadLocalRandom.current().nextInt(stage.services.size()));
      one.kill();
      long again = System.nanoTime();
      one.start();
      Stage.until("it takes posts again", 180, () -> stage.accepts(one));
      slowest = Math.max(slowest, (System.nanoTime() - again) / 1e9);
    }
    slowest = Math.max(slowest, stage.untilQuiet(System.nanoTime()));
    return stage.row(name, kills, slowest, Row.Limit.NONE);
  }

  static Row database(String name, Scale scale) throws Exception {
    try (var stage = new Stage(Stage.Plan.ONE)) {
      stage.begin(WORKERS, perSecond(scale));
      return database(name, scale.of(1, 30, 360), stage);
    }
  }

  /** The database of that stage, where all have begun. */
  static Row database(String name, int kills, Stage stage) throws Exception {
    double slowest = 0;
    long again = System.nanoTime();
    for (int kill = 0; kill < kills; kill++) {
      pause(2 * LONGEST_PAUSE_MILLIS);
      stage.readers.databaseAway(true);
      stage.postgres.kill();
      stage.postgres.start();
      again = System.nanoTime();
      slowest = Math.max(slowest, stage.untilAcknowledged(again));
    }
    slowest = Math.max(slowest, stage.untilQuiet(again));
    return stage.row(name, kills, slowest, Row.Limit.NONE);
  }

  private static void pause(int longestMillis) throws InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextInt(longestMillis));
  }
}
