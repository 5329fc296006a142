package afterword.bench;

import afterword.rehearse.Patched;
import afterword.rehearse.Patched.Patch;
import afterword.rehearse.Product;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code bin/bench mutants [NAME…] [--smoke|--short] [--docs]}: measures the product as it is, then
 * one that a patch of {@code src/test/faults/benchmarks} has made worse. A benchmark that says the
 * same of both measures nothing.
 */
final class Mutants {
  /** How much worse a figure must be whose goal the product itself does not meet. */
  private static final double MUCH = 2;

  private static final String PATCHES = "benchmarks";
  private static final String TABLE = "mutants";

  private Mutants() {}

  /** One figure of one run. */
  private record Figure(double value, String unit, String goal, boolean holds) {
    static Figure of(JsonObject figures, String name) {
      JsonObject figure = figures.getJsonObject(name);
      if (figure == null) throw new IllegalStateException("no figure " + name + " in " + figures);
      return new Figure(
          figure.getDouble("value"),
          figure.getString("unit"),
          figure.getString("goal"),
          figure.getBoolean("holds"));
    }
  }

  /** A figure of the product as it is, and of the one made worse. */
  private record Compared(String name, Figure sound, Figure worse) {
    /** It does not hold, and that is the patch's doing. */
    boolean found() {
      if (worse.holds) return false;
      double factor = sound.value / worse.value;
      return sound.holds || factor >= MUCH || factor <= 1 / MUCH;
    }

    String line() {
      return "%-24s %12s -> %12s  (%s)  %s"
          .formatted(
              name,
              Goal.plain(sound.value),
              Goal.plain(worse.value),
              worse.goal,
              found() ? "found" : "NOT FOUND");
    }

    String row(Patch patch, String measured) {
      return "| `%s` | %s | %s | %s %s | %s | %s | %s |"
          .formatted(
              name,
              patch.what(),
              Goal.plain(sound.value),
              Goal.plain(worse.value),
              worse.unit,
              worse.goal,
              found() ? "yes" : "**no**",
              measured);
    }
  }

  static List<String> names() throws Exception {
    return Patched.all(PATCHES).stream().map(Patch::name).toList();
  }

  /** Gives whether each was found, by every figure that its patch names. */
  static boolean play(List<String> names, Scale scale, boolean docs) throws Exception {
    var all = new ArrayList<Compared>();
    for (Patch patch : Patched.all(PATCHES)) {
      if (!names.isEmpty() && !names.contains(patch.name())) continue;
      System.out.println(patch.name() + ": " + patch.what());
      List<Compared> compared = compare(patch, scale);
      all.addAll(compared);
      compared.forEach(one -> System.out.println("  " + one.line()));
      if (docs) document(patch, compared, scale);
    }
    System.out.println();
    all.forEach(one -> System.out.println(one.line()));
    return !all.isEmpty() && all.stream().allMatch(Compared::found);
  }

  private static List<Compared> compare(Patch patch, Scale scale) throws Exception {
    try (Patched patched = Patched.of(patch)) {
      JsonObject sound = measured(patch.name(), scale, List.of());
      JsonObject worse = measured(patch.name(), scale, List.of(patched.classes()));
      return patch.tests().stream()
          .map(name -> new Compared(name, Figure.of(sound, name), Figure.of(worse, name)))
          .toList();
    }
  }

  /** In a process of its own: which classes there are is settled when it starts. */
  private static JsonObject measured(String name, Scale scale, List<Path> before) throws Exception {
    Path json = Files.createTempFile("bench", ".json");
    try {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-Dlogback.configurationFile=src/test/resources/logback-bench.xml");
      command.addAll(List.of("-cp", Product.classPath(before), Bench.class.getName(), name));
      if (scale != Scale.FULL) command.add("--" + word(scale));
      command.addAll(List.of("--json", json.toString()));
      int result = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (result != 0) throw new IllegalStateException(name + " ended with " + result);
      return new JsonObject(Files.readString(json)).getJsonObject("figures");
    } finally {
      Files.delete(json);
    }
  }

  private static void document(Patch patch, List<Compared> compared, Scale scale) throws Exception {
    var document = new MeasuredDocument(Path.of("docs/performance.md"));
    Map<String, String> figureToRow = document.rows(TABLE);
    String measured = "%s, %s".formatted(word(scale), Measured.commit());
    for (Compared one : compared) figureToRow.put("`" + one.name + "`", one.row(patch, measured));
    var lines = new ArrayList<String>();
    lines.add("| figure | the product made worse | as it is | worse | goal | found | measured |");
    lines.add("|---|---|---|---|---|---|---|");
    figureToRow.values().stream().sorted().forEach(lines::add);
    document.writeRows(TABLE, "bin/bench mutants NAME", lines);
  }

  private static String word(Scale scale) {
    return scale.name().toLowerCase(Locale.ROOT);
  }
}
