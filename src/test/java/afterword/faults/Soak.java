package afterword.faults;

import afterword.bench.LiveHeap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code bin/faults soak --hours N}: no harm at all, for long. What a service holds after it was in
 * use for a while, it must still hold at the end: more than that would grow for ever.
 */
final class Soak {
  static final String NAME = "soak";
  private static final int PERIODS = 10;
  private static final int WORKERS = 8;

  /** Of many hours, and each is sent again in the end. */
  private static final int PER_SECOND = 20;

  private static final double MOST = 1.05;

  /** After a collection: what is held, in the middle of everything. */
  private record Held(
      double heapMegabytes, double threads, double descriptors, double connections) {
    List<Double> all() {
      return List.of(heapMegabytes, threads, descriptors, connections);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "heap %.2f MB, %.0f threads, %.0f descriptors, %.0f connections",
          heapMegabytes,
          threads,
          descriptors,
          connections);
    }
  }

  private Soak() {}

  /** The last period is within 5 % of the first; pods share nothing that could hide a leak. */
  static Row play(double hours) throws Exception {
    long period = (long) (hours * 3_600_000 / PERIODS);
    try (var stage = new Stage(Stage.Plan.ONE)) {
      stage.begin(WORKERS, PER_SECOND);
      Thread.sleep(period);
      Held first = held(stage);
      System.out.println("  first period: " + first);
      var last = first;
      for (int i = 1; i < PERIODS; i++) {
        Thread.sleep(period);
        last = held(stage);
        System.out.println("  period " + (i + 1) + ": " + last);
      }
      var grown = new ArrayList<Double>();
      for (int i = 0; i < first.all().size(); i++)
        grown.add(last.all().get(i) / first.all().get(i));
      double most = grown.stream().mapToDouble(ratio -> ratio).max().orElseThrow();
      double recovery = stage.untilQuiet(System.nanoTime());
      return stage.row(
          NAME,
          0,
          recovery,
          new Row.Limit(
              String.format(
                  Locale.ROOT, "%.2f h, %s; grew to %.3f × (≤ %.2f)", hours, last, most, MOST),
              most <= MOST));
    }
  }

  /** The least of a few looks: what is in use for a moment is not held. */
  private static Held held(Stage stage) throws Exception {
    ServiceProcess service = stage.services.get(0);
    Held least = null;
    for (int i = 0; i < 5; i++) {
      var now =
          new Held(
              LiveHeap.bytes(service.pid()) / 1e6,
              threads(service.pid()),
              descriptors(service.pid()),
              Double.parseDouble(
                  stage
                      .database()
                      .ask("select count(*) from pg_stat_activity where usename = 'afterword'")));
      least =
          least == null
              ? now
              : new Held(
                  Math.min(least.heapMegabytes, now.heapMegabytes),
                  Math.min(least.threads, now.threads),
                  Math.min(least.descriptors, now.descriptors),
                  Math.min(least.connections, now.connections));
    }
    return least;
  }

  private static double threads(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static double descriptors(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return open.count();
    }
  }
}
