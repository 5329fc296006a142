package afterword.faults;

import afterword.bench.MeasuredDocument;
import afterword.rehearse.Product;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The entry of {@code bin/fuzz [CLASS…] [--docs]}: invented input for every test that is marked for
 * it, a minute and a process each. What breaks one is kept beside its seeds.
 */
public final class Fuzz {
  private static final Path CLASSES = Path.of("target/test-classes");
  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
  private static final Pattern REACHED = Pattern.compile("cov: (\\d+) ");
  private static final int WORDS = 40;

  private Fuzz() {}

  /** One test, and what came of its time. */
  private record Tried(long inputs, long reached, boolean holds, String said) {
    String row(String name) {
      return "| %s | %,d | %,d | %s |"
          .formatted(name, inputs, reached, holds ? "nothing" : "**something**");
    }
  }

  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    boolean docs = words.remove("--docs");
    List<String> names = names(words);
    if (names.isEmpty()) {
      System.err.println("usage: bin/fuzz [CLASS…] [--docs]; no test is of that class");
      System.exit(2);
    }
    // One more than there are processors: each waits now and then, and nine are three rounds of
    // three.
    int together = Runtime.getRuntime().availableProcessors() + 1;
    System.out.printf("%d tests, a minute each, %d at once%n", names.size(), together);
    Map<String, Tried> nameToTried = tryAll(names, together);
    if (docs) document(nameToTried);
    System.exit(nameToTried.values().stream().allMatch(Tried::holds) ? 0 : 1);
  }

  private static Map<String, Tried> tryAll(List<String> names, int together) throws Exception {
    var workers = Executors.newFixedThreadPool(together);
    var nameToEnd = new LinkedHashMap<String, Future<Tried>>();
    for (String name : names) nameToEnd.put(name, workers.submit(() -> tried(name)));
    var nameToTried = new LinkedHashMap<String, Tried>();
    for (var one : nameToEnd.entrySet()) {
      Tried tried = one.getValue().get();
      System.out.printf(
          "%-75s %,12d inputs %s%n",
          one.getKey(), tried.inputs, tried.holds ? "" : "BROKEN\n" + tried.said);
      nameToTried.put(one.getKey(), tried);
    }
    workers.shutdown();
    return nameToTried;
  }

  private static Tried tried(String name) throws IOException, InterruptedException {
    var command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                Product.classPath(List.of()),
                NamedTests.class.getName(),
                name + "(byte[])")
            .redirectErrorStream(true);
    command.environment().put("JAZZER_FUZZ", "1");
    command.environment().put("JAZZER_MAX_DURATION", "1m");
    Process process = command.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int result = process.waitFor();
    long inputs = last(DONE, said);
    return new Tried(inputs, last(REACHED, said), result == 0 && inputs > 0, end(said));
  }

  private static long last(Pattern pattern, String said) {
    return pattern
        .matcher(said)
        .results()
        .map((MatchResult found) -> Long.parseLong(found.group(1)))
        .reduce((one, next) -> next)
        .orElse(0L);
  }

  private static String end(String said) {
    List<String> lines = said.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - WORDS), lines.size()));
  }

  /** As {@code class#method}, of all classes or of those with that simple name. */
  private static List<String> names(List<String> classes) throws Exception {
    var names = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file :
          files.filter(f -> f.toString().endsWith("FuzzTest.class")).sorted().toList()) {
        String type = CLASSES.relativize(file).toString().replace(".class", "").replace('/', '.');
        if (!classes.isEmpty() && classes.stream().noneMatch(one -> type.endsWith("." + one)))
          continue;
        for (Method method : Class.forName(type).getDeclaredMethods())
          if (method.isAnnotationPresent(FuzzTest.class)) names.add(type + "#" + method.getName());
      }
    }
    return names.stream().sorted().toList();
  }

  private static void document(Map<String, Tried> nameToTried) throws IOException {
    var lines =
        new ArrayList<>(
            List.of("| test | inputs | branches reached | found |", "|---|---|---|---|"));
    nameToTried.forEach(
        (name, tried) -> lines.add(tried.row(name.replace("afterword.", "").replace('#', '.'))));
    new MeasuredDocument(Path.of("docs/reliability.md")).write("fuzz", "bin/fuzz", lines);
  }
}
