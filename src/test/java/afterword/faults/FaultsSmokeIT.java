package afterword.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.bench.Scale;
import afterword.faults.Patched.Patch;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A few faults lose nothing, and the suite would see it if they did. */
class FaultsSmokeIT {
  static List<String> plays() {
    return Plays.SMOKE;
  }

  @ParameterizedTest
  @MethodSource("plays")
  void nothing_that_was_acknowledged_is_lost(String play) throws Exception {
    Row row = Plays.all().get(play).play(play, Scale.SMOKE);

    assertTrue(row.acknowledged() > 0);
    assertTrue(row.faults() > 0);
    assertEquals(List.of(), row.wrong());
  }

  @Test
  void a_product_that_acknowledges_before_the_commit_is_found() throws Exception {
    Row row = Controls.play("acknowledged-before-commit", Scale.SMOKE);

    assertTrue(row.lost() > 0, row.line());
  }

  static Stream<Patch> patches() throws Exception {
    return Stream.concat(Patched.all("mutants").stream(), Patched.all("controls").stream());
  }

  @ParameterizedTest
  @MethodSource("patches")
  void every_patch_still_applies_and_compiles(Patch patch) throws Exception {
    try (Patched patched = Patched.of(patch)) {
      assertTrue(java.nio.file.Files.isDirectory(patched.classes().resolve("afterword")));
    }
    assertFalse(patch.what().startsWith("diff"), "its first line says what it breaks");
  }

  @Test
  void twelve_checks_have_their_mutant_and_name_their_tests() throws Exception {
    List<Patch> mutants = Patched.all("mutants");

    assertEquals(12, mutants.size());
    for (Patch mutant : mutants)
      for (String test : mutant.tests()) {
        Class<?> type = Class.forName(test.split("#")[0]);
        if (test.contains("#"))
          assertTrue(
              Stream.of(type.getDeclaredMethods())
                  .anyMatch(method -> method.getName().equals(test.split("#")[1])),
              test);
      }
  }
}
