package afterword.faults;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * What one play came to.
 *
 * @param acknowledged answers 201 or 202 to posts
 * @param faults how often harm was done
 * @param broken how often each of I1 to I7 did not hold, in that order
 * @param recovery the longest time from the end of a fault to the last error or the first success
 *     (I8)
 * @param limit what this play is held to besides, with what was found
 * @param lost acknowledged and not there, or not as acknowledged
 * @param doubled there more than once
 * @param wrong a line for each of the first things found wrong
 */
record Row(
    String play,
    int acknowledged,
    int faults,
    List<Integer> broken,
    double recovery,
    Limit limit,
    int lost,
    int doubled,
    List<String> wrong) {
  static final double RECOVERY_SECONDS = 10;

  /** A play's own limit. */
  record Limit(String words, boolean holds) {
    static final Limit NONE = new Limit("-", true);
  }

  boolean holds() {
    return broken.stream().allMatch(count -> count == 0)
        && recovery <= RECOVERY_SECONDS
        && limit.holds();
  }

  static String head() {
    return "%-22s %8s %7s %4s %4s %4s %4s %4s %4s %4s %7s  %s"
        .formatted(
            "play", "acknowl.", "faults", "I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "limit");
  }

  String line() {
    var counts = new StringBuilder();
    broken.forEach(count -> counts.append("%4d ".formatted(count)));
    return "%-22s %8d %7d %s%6.1fs  %s"
        .formatted(
            play, acknowledged, faults, counts, recovery, limit.words() + (holds() ? "" : "  NO"));
  }

  static List<String> markdownHead() {
    return List.of(
        "| play | acknowledged | faults | I1 | I2 | I3 | I4 | I5 | I6 | I7 | I8 | its own limit |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|");
  }

  /** For docs/reliability.md. */
  String markdown() {
    var line = new StringBuilder("| %s | %,d | %,d |".formatted(play, acknowledged, faults));
    broken.forEach(count -> line.append(' ').append(count).append(" |"));
    return line
        + String.format(
            Locale.ROOT,
            " %.1f s | %s |",
            recovery,
            limit.words() + (holds() ? "" : " **does not hold**"));
  }

  JsonObject toJson() {
    var json =
        new JsonObject()
            .put("acknowledged", acknowledged)
            .put("faults", faults)
            .put("lost", lost)
            .put("doubled", doubled)
            .put("recovery_s", recovery)
            .put("limit", limit.words())
            .put("holds", holds())
            .put("wrong", wrong);
    for (int i = 0; i < broken.size(); i++) json.put("I" + (i + 1), broken.get(i));
    return json;
  }
}
