package afterword.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.rehearse.Patched;
import afterword.rehearse.Patched.Patch;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is broken on purpose keeps step with the product; who edits one sees it here in seconds. */
class PatchedTest {
  static Stream<Patch> patches() throws Exception {
    var patches = new ArrayList<Patch>();
    for (String folder : List.of("mutants", "controls", "plays", "benchmarks"))
      patches.addAll(Patched.all(folder));
    return patches.stream();
  }

  @ParameterizedTest
  @MethodSource("patches")
  void every_patch_still_applies_and_compiles(Patch patch) throws Exception {
    try (Patched patched = Patched.of(patch)) {
      assertTrue(Files.isDirectory(patched.classes().resolve("afterword")));
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
