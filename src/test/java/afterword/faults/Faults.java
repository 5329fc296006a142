package afterword.faults;

import afterword.bench.Measured;
import afterword.bench.Scale;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entry of {@code bin/faults [PLAY…|controls [NAME…]|mutants [NAME…]] [--smoke|--short] [--json
 * FILE] [--docs]}. Ends with 0 when every play that was asked for has its row and holds, with 1
 * when not, with 2 for wrong words.
 */
public final class Faults {
  private static final int UNREADABLE = 2;

  private final Map<String, Row> rows = new LinkedHashMap<>();

  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    Scale scale =
        words.remove("--smoke") ? Scale.SMOKE : words.remove("--short") ? Scale.SHORT : Scale.FULL;
    boolean docs = words.remove("--docs");
    int json = words.indexOf("--json");
    Path file = null;
    if (json >= 0 && json + 1 < words.size()) {
      words.remove(json);
      file = Path.of(words.remove(json));
    }
    if (!words.isEmpty() && words.get(0).equals("controls"))
      System.exit(controls(words.subList(1, words.size()), scale, file, docs));
    if (words.size() == 3 && words.subList(0, 2).equals(List.of("soak", "--hours")))
      System.exit(soak(Double.parseDouble(words.get(2)), docs));
    if (!words.isEmpty() && words.get(0).equals("mutants"))
      System.exit(mutants(words.subList(1, words.size()), docs));
    if (!Plays.all().keySet().containsAll(words)) {
      System.err.println(
          "usage: bin/faults [PLAY…|controls [NAME…]|mutants [NAME…]] [--smoke|--short] [--json FILE]"
              + " [--docs]"
              + " | soak --hours N");
      System.err.println("plays: " + String.join(" ", Plays.all().keySet()));
      System.exit(UNREADABLE);
    }
    List<String> asked =
        !words.isEmpty()
            ? words
            : scale == Scale.SMOKE ? Plays.SMOKE : List.copyOf(Plays.all().keySet());
    var faults = new Faults();
    boolean holds = faults.play(asked, scale, docs);
    if (file != null)
      Files.writeString(file, Measured.where(faults.figures()).encodePrettily() + "\n");
    System.exit(holds ? 0 : 1);
  }

  private static int controls(List<String> names, Scale scale, Path file, boolean docs)
      throws Exception {
    if (!Controls.names().containsAll(names)) {
      System.err.println("controls: " + String.join(" ", Controls.names()));
      return UNREADABLE;
    }
    Map<String, Row> rows = Controls.play(names.isEmpty() ? Controls.names() : names, scale);
    List<String> missed = Controls.missed(rows);
    if (docs) new ReliabilityDocument(scale).controls(rows, missed);
    int caught = rows.size() - missed.size();
    System.out.printf("%d of %d found%n", caught, rows.size());
    missed.forEach(name -> System.out.println("NOT FOUND: " + name));
    if (file != null) {
      var figure =
          new JsonObject()
              .put("value", caught)
              .put("unit", "count")
              .put("goal", Integer.toString(rows.size()))
              .put("holds", missed.isEmpty());
      Files.writeString(
          file,
          Measured.where(new JsonObject().put("controls_caught", figure)).encodePrettily() + "\n");
    }
    return missed.isEmpty() ? 0 : 1;
  }

  private static int soak(double hours, boolean docs) throws Exception {
    Row row = Soak.play(hours);
    row.wrong().forEach(line -> System.out.println("  " + line));
    System.out.println(Row.head());
    System.out.println(row.line());
    if (docs) new ReliabilityDocument(Scale.FULL).plays(Map.of(Soak.NAME, row));
    return row.holds() ? 0 : 1;
  }

  private static int mutants(List<String> names, boolean docs) throws Exception {
    Map<String, List<String>> nameToCaught = Mutants.play(names);
    if (docs) new ReliabilityDocument(Scale.FULL).mutants(nameToCaught);
    return nameToCaught.values().stream().noneMatch(List::isEmpty) ? 0 : 1;
  }

  private String totals() {
    return "%,d acknowledged, %,d faults, %d lost, %d doubled"
        .formatted(sum(Row::acknowledged), sum(Row::faults), sum(Row::lost), sum(Row::doubled));
  }

  /** Whether every one has its row, and every row holds. */
  boolean play(List<String> names, Scale scale, boolean docs) {
    System.out.println(Measured.commit() + ", " + Measured.machine());
    for (String name : names) {
      System.out.println("playing " + name);
      try {
        Row row = Plays.all().get(name).play(name, scale);
        rows.put(name, row);
        System.out.println(row.line());
        row.wrong().forEach(line -> System.out.println("  " + line));
        if (docs) new ReliabilityDocument(scale).plays(Map.of(name, row));
      } catch (Exception | AssertionError broken) {
        System.out.println("  " + name + " could not be played:");
        broken.printStackTrace(System.out);
      }
    }
    System.out.println();
    System.out.println(Row.head());
    for (String name : names) {
      Row row = rows.get(name);
      System.out.println(row == null ? "%-22s MISSING".formatted(name) : row.line());
    }
    System.out.println(totals());
    return rows.size() == names.size() && rows.values().stream().allMatch(Row::holds);
  }

  Map<String, Row> rows() {
    return rows;
  }

  private int sum(java.util.function.ToIntFunction<Row> part) {
    return rows.values().stream().mapToInt(part).sum();
  }

  private JsonObject figures() {
    var plays = new JsonObject();
    rows.forEach((name, row) -> plays.put(name, row.toJson()));
    return new JsonObject()
        .put("lost", figure(sum(Row::lost)))
        .put("doubled", figure(sum(Row::doubled)))
        .put("unpublished_text_seen", figure(sum(row -> row.broken().get(5))))
        .put("plays", plays);
  }

  private static JsonObject figure(int value) {
    return new JsonObject()
        .put("value", value)
        .put("unit", "count")
        .put("goal", "0")
        .put("holds", value == 0);
  }
}
