package afterword.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every benchmark works; what it measures here, in seconds, means nothing. */
class BenchSmokeIT {
  static List<String> names() throws Exception {
    return namesOf(false);
  }

  static List<String> namesOfThoseInBrowser() throws Exception {
    return namesOf(true);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("names")
  void measures(String name) throws Exception {
    statesFigures(name);
  }

  @Tag("browser")
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("namesOfThoseInBrowser")
  void measures_in_a_browser(String name) throws Exception {
    statesFigures(name);
  }

  private static void statesFigures(String name) throws Exception {
    Run run = Bench.run(name, Scale.SMOKE, List.of());

    run.printTable();
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
