package afterword.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The entry of {@code bin/bench NAME [--smoke|--short] [--json FILE] [--docs] [options of its
 * own]}. Ends with 0 when everything was measured, whatever the figures are, else with 1 or (wrong
 * words) 2; {@code bin/bench mutants [NAME…]} with 0 when each was found.
 */
public final class Bench {
  /** In the order of the design; those that have no class yet are not listed to anybody. */
  private static final List<String> NAMES =
      List.of(
          "seed",
          "read",
          "plans",
          "keys",
          "sizes",
          "post",
          "queue",
          "live",
          "pods",
          "spam",
          "moderate",
          "widget",
          "start",
          "sizing");

  /** Writes what was measured into a document, most into docs/performance.md. */
  static final String DOCS = "--docs";

  private static final int UNREADABLE = 2;

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    var options = new ArrayList<>(Arrays.asList(arguments));
    String name = options.isEmpty() ? "" : options.remove(0);
    Scale scale = scaleOf(options);
    if (name.equals("mutants")) System.exit(mutants(options, scale));
    if (!names().contains(name)) System.exit(usage());
    Path json = valueOf("--json", options);
    try {
      if (options.contains(DOCS)) documentOf(name).rows(name);
      Run run = run(name, scale, options);
      run.printTable();
      if (json != null) write(json, run);
      if (options.contains(DOCS)) document(name, scale, run);
    } catch (Exception failed) {
      System.err.println("bin/bench " + name + " could not measure:");
      failed.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
  }

  private static Scale scaleOf(List<String> options) {
    if (options.remove("--smoke")) return Scale.SMOKE;
    return options.remove("--short") ? Scale.SHORT : Scale.FULL;
  }

  private static int mutants(List<String> names, Scale scale) throws Exception {
    boolean docs = names.remove(DOCS);
    if (!Mutants.names().containsAll(names)) return usage();
    return Mutants.play(names, scale, docs) ? 0 : 1;
  }

  private static int usage() throws Exception {
    System.err.println(
        "usage: bin/bench "
            + String.join("|", names())
            + " [--smoke|--short] [--json FILE] [--docs]");
    System.err.println(
        "       bin/bench mutants [%s]… [--smoke|--short] [--docs]"
            .formatted(String.join("|", Mutants.names())));
    return UNREADABLE;
  }

  /** The benchmarks there are. */
  static List<String> names() {
    return NAMES.stream().filter(name -> find(name) != null).toList();
  }

  static Run run(String name, Scale scale, List<String> options) throws Exception {
    var run = new Run(scale, List.copyOf(options), System.out);
    benchmark(name).measure(run);
    return run;
  }

  static Benchmark benchmark(String name) throws ReflectiveOperationException {
    return find(name).getDeclaredConstructor().newInstance();
  }

  private static Class<? extends Benchmark> find(String name) {
    String type = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Bench";
    try {
      return Class.forName("afterword.bench." + type).asSubclass(Benchmark.class);
    } catch (ClassNotFoundException none) {
      return null;
    }
  }

  static MeasuredDocument documentOf(String name) throws ReflectiveOperationException {
    return new MeasuredDocument(benchmark(name).document());
  }

  private static void document(String name, Scale scale, Run run) throws Exception {
    String option = scale == Scale.FULL ? "" : " --" + scale.name().toLowerCase(Locale.ROOT);
    documentOf(name).write(name, "bin/bench " + name + option, benchmark(name).markdown(run));
  }

  private static Path valueOf(String option, List<String> options) {
    int at = options.indexOf(option);
    if (at < 0) return null;
    if (at + 1 == options.size()) {
      System.err.println("bin/bench: " + option + " needs a file");
      System.exit(2);
    }
    options.remove(at);
    return Path.of(options.remove(at));
  }

  private static void write(Path file, Run run) throws Exception {
    Files.writeString(file, Measured.where(run.toJson()).encodePrettily() + "\n");
  }
}
