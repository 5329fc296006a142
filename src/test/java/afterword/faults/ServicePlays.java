package afterword.faults;

import afterword.bench.Scale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** What happens to the process itself and to the machine it is on. */
final class ServicePlays {
  private static final int WORKERS = 16;
  private static final String FAKETIME = "libfaketime.so.1";

  private ServicePlays() {}

  /** A quarter of the usual memory, and all who ask: it may be slow, it may not lose anything. */
  static Row smallHeap(String name, Scale scale) throws Exception {
    int seconds = scale.of(5, 20, 120);
    try (var stage = new Stage(Stage.Plan.ONE.withJava("-Xmx40m"))) {
      stage.begin(WORKERS, 2_000);
      Thread.sleep(seconds * 1_000L);
      boolean alive = stage.services.get(0).isAlive();
      double recovery = alive ? stage.untilQuiet(System.nanoTime()) : Double.MAX_VALUE;
      return stage.row(
          name, 1, recovery, new Row.Limit("40 MB, " + seconds + " s, lives: " + alive, alive));
    }
  }

  /**
   * The database's files are on a small file system that somebody else fills, and empties again.
   */
  static Row diskFull(String name, Scale scale) throws Exception {
    try (var disk = SmallDisk.mount(400);
        var stage = new Stage(Stage.Plan.ONE.withDatabaseIn(disk.folder().resolve("data")))) {
      stage.begin(WORKERS, 200);
      int times = scale.of(1, 2, 5);
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

  /** The wall clock goes back and forth by up to an hour; the monotonic one goes on. */
  static Row clockJumps(String name, Scale scale) throws Exception {
    Path library = faketime();
    Path offset = Files.createTempFile("faketime", "");
    try {
      Files.writeString(offset, "+0");
      var environment =
          Map.of(
              "LD_PRELOAD",
              library.toString(),
              "FAKETIME_TIMESTAMP_FILE",
              offset.toString(),
              "FAKETIME_DONT_FAKE_MONOTONIC",
              "1",
              "FAKETIME_NO_CACHE",
              "1");
      try (var stage = new Stage(Stage.Plan.ONE.withSettings(environment))) {
        // A comment is told live by its place among the events, whatever the clock says.
        stage.begin(WORKERS, 200);
        int jumps = scale.of(2, 6, 30);
        for (int i = 0; i < jumps; i++) {
          int by = ThreadLocalRandom.current().nextInt(-3_600, 3_600);
          Files.writeString(offset, (by < 0 ? "" : "+") + by);
          Thread.sleep(2_000);
        }
        Files.writeString(offset, "+0");
        double recovery = stage.untilQuiet(System.nanoTime());
        return stage.row(name, jumps, recovery, new Row.Limit("up to an hour, both ways", true));
      }
    } finally {
      Files.delete(offset);
    }
  }

  private static Path faketime() throws Exception {
    for (Path folder : List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib")))
      try (Stream<Path> files = Files.walk(folder, 4)) {
        var found = files.filter(file -> file.endsWith(FAKETIME)).findFirst();
        if (found.isPresent()) return found.get();
      } catch (java.io.UncheckedIOException unreadable) {
        // Somebody else's folder.
      }
    throw new IllegalStateException("needs " + FAKETIME + " (package faketime)");
  }
}
