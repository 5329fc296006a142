package afterword.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every benchmark works; what it measures here, in seconds, means nothing. */
class BenchSmokeIT {
  private static final Abreast<Run> MEASURED = new Abreast<>();

  static List<String> names() throws Exception {
    List<String> names = namesOf(false);
    names.forEach(name -> MEASURED.begin(name, () -> measured(name)));
    return names;
  }

  static List<String> namesOfThoseInBrowser() throws Exception {
    return namesOf(true);
  }

  @AfterAll
  static void end() {
    MEASURED.close();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("names")
  void measures(String name) throws Exception {
    try {
      statesFigures(MEASURED.end(name));
    } catch (MissingProgram missing) {
      abort(missing.getMessage());
    }
  }

  @Tag("browser")
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("namesOfThoseInBrowser")
  void measures_in_a_browser(String name) throws Exception {
    statesFigures(measured(name));
  }

  /** What it says comes at once in the end, so that two do not talk into each other's words. */
  private static Run measured(String name) throws Exception {
    var said = new ByteArrayOutputStream();
    var run = new Run(Scale.SMOKE, List.of(), new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      Bench.benchmark(name).measure(run);
      run.printTable();
      return run;
    } finally {
      System.out.println(said.toString(StandardCharsets.UTF_8));
    }
  }

  private static void statesFigures(Run run) {
    assertFalse(run.toJson().isEmpty(), "no figure");
    for (String figure : run.toJson().fieldNames())
      assertTrue(Double.isFinite(run.toJson().getJsonObject(figure).getDouble("value")), figure);
  }

  private static List<String> namesOf(boolean inBrowser) throws Exception {
    var names = new ArrayList<String>();
    for (String name : Bench.names())
      if (Bench.benchmark(name).inBrowser() == inBrowser) names.add(name);
    return names;
  }
}
