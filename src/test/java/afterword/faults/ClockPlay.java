package afterword.faults;

import afterword.bench.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The clock of the service jumps by hours, forth and back, while its database's goes on. Shorter
 * than the day for which a key is kept: who sends a post again after that makes another one.
 */
final class ClockPlay {
  private static final List<String> JUMPS = List.of("+1h", "-5m", "-6h", "+6h", "+0", "-10s");

  /** Later than it ever was, so that what was noted in between comes due. */
  private static final String LAST = "+7h";

  private static final String HOURS =
      "select floor(extract(epoch from max(created_at) - min(created_at)) / 3600)::int from comment";

  private ClockPlay() {}

  static Row jumps(String name, Scale scale) throws Exception {
    Path clock = Files.createTempFile("clock", null);
    try (var stage = new Stage(Stage.Plan.ONE.withSettings(clockIn(clock)))) {
      stage.begin(16, 100);
      int rounds = scale.of(1, 2, 3);
      for (int round = 0; round < rounds; round++)
        for (String jump : JUMPS) {
          Thread.sleep(scale.of(1_500, 2_000, 4_000));
          set(clock, jump);
        }
      set(clock, LAST);
      int times = rounds * JUMPS.size() + 1;
      double recovery = stage.untilQuiet(System.nanoTime());
      int hours = Integer.parseInt(stage.database().ask(HOURS));
      var limit =
          new Row.Limit("times of comments %d h apart (≥ 12)".formatted(hours), hours >= 12);
      return stage.row(name, times, recovery, limit);
    } finally {
      Files.delete(clock);
    }
  }

  /** Time that passes is told by another clock, which no machine sets back. */
  private static Map<String, String> clockIn(Path file) throws IOException {
    set(file, "+0");
    return Map.of(
        "LD_PRELOAD",
        library().toString(),
        "FAKETIME_TIMESTAMP_FILE",
        file.toString(),
        // Seconds until the file is read again: at every look would cost more than anything else.
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1");
  }

  private static void set(Path file, String clock) throws IOException {
    Path next = Files.writeString(Path.of(file + ".next"), clock + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path library() throws IOException {
    try (Stream<Path> found =
        Files.find(
            Path.of("/usr/lib"),
            3,
            (file, attributes) -> file.endsWith("faketime/libfaketimeMT.so.1"))) {
      return found
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "this play needs libfaketime: install the package \"faketime\""));
    }
  }
}
