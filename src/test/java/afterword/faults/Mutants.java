package afterword.faults;

import afterword.rehearse.Patched;
import afterword.rehearse.Patched.Patch;
import afterword.rehearse.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code bin/faults mutants}: takes one check of security out of the product at a time and runs the
 * tests that are there for it. Each must find it.
 */
final class Mutants {
  private Mutants() {}

  /** Which tests failed without each check; none is a check that nobody would miss. */
  static Map<String, List<String>> play(List<String> names) throws Exception {
    var nameToCaught = new LinkedHashMap<String, List<String>>();
    for (Patch patch : Patched.all("mutants")) {
      if (!names.isEmpty() && !names.contains(patch.name())) continue;
      System.out.println("without " + patch.name() + ": " + patch.what());
      List<String> caught = caughtBy(patch);
      caught.forEach(test -> System.out.println("  found by " + test));
      nameToCaught.put(patch.name(), caught);
    }
    System.out.println();
    nameToCaught.forEach(
        (name, caught) ->
            System.out.printf(
                "%-14s %s%n", name, caught.isEmpty() ? "NOT FOUND" : "found by " + caught.get(0)));
    return nameToCaught;
  }

  private static List<String> caughtBy(Patch patch) throws IOException, InterruptedException {
    try (Patched patched = Patched.of(patch)) {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
      command.add(Product.classPath(List.of(patched.classes())));
      command.add(NamedTests.class.getName());
      command.addAll(patch.tests());
      Process tests = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int result = tests.waitFor();
      List<String> failed =
          said.lines()
              .filter(line -> line.startsWith(NamedTests.FAILED))
              .map(line -> line.substring(NamedTests.FAILED.length()))
              .toList();
      if (result == NamedTests.NONE_RAN) throw new IllegalStateException("no test ran: " + said);
      return failed;
    }
  }
}
