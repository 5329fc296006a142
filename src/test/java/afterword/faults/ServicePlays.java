package afterword.faults;

import afterword.bench.Scale;

/** What happens to the process itself and to the machine it is on. */
final class ServicePlays {
  private static final int WORKERS = 16;

  private ServicePlays() {}

  /**
   * Half the memory of the other plays, and all who ask: it may be slow, it may not lose anything.
   */
  static Row smallHeap(String name, Scale scale) throws Exception {
    int seconds = scale.of(5, 20, 40);
    try (var stage = new Stage(Stage.Plan.ONE.withJava("-Xmx64m"))) {
      stage.begin(WORKERS, 2_000);
      Thread.sleep(seconds * 1_000L);
      boolean alive = stage.services.get(0).isAlive();
      double recovery = alive ? stage.untilQuiet(System.nanoTime()) : Double.MAX_VALUE;
      return stage.row(
          name, 1, recovery, new Row.Limit("64 MB, " + seconds + " s, lives: " + alive, alive));
    }
  }

  /**
   * The database's files are on a small file system that somebody else fills, and empties again.
   */
  static Row diskFull(String name, Scale scale) throws Exception {
    try (var disk = SmallDisk.mount(400);
        var stage = new Stage(Stage.Plan.ONE.withDatabaseIn(disk.folder().resolve("data")))) {
      stage.begin(WORKERS, 200);
      int times = scale.of(1, 2, 3);
      double slowest = 0;
      for (int i = 0; i < times; i++) {
        Thread.sleep(500);
        stage.readers.databaseAway(true);
        disk.fill();
        long full = System.nanoTime();
        Stage.until("posts fail", 60, () -> stage.writer.lastFailed() > full);
        Thread.sleep(scale.of(1, 5, 10) * 1_000L);
        disk.free();
        long freed = System.nanoTime();
        if (!stage.postgres.runs()) stage.postgres.start();
        slowest = Math.max(slowest, stage.untilQuiet(freed));
      }
      return stage.row(name, times, slowest, Row.Limit.NONE);
    }
  }
}
