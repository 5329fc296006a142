package afterword;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests that a document names as holding its promises are there. */
class CoverageTest {
  private static final Pattern NAMED =
      Pattern.compile("`(?:([A-Z]\\w+(?:IT|Test))?\\.?([a-z_0-9]+)?|([a-z-]+\\.test\\.js))`");

  @ParameterizedTest
  @ValueSource(strings = {"docs/embed/coverage.md", "docs/reading.md"})
  void every_test_that_a_promise_names_exists(String document) throws IOException {
    Map<String, String> typeToSource = sources();
    var missing = new ArrayList<String>();
    String type = null;
    int named = 0;
    Matcher names = NAMED.matcher(Files.readString(Path.of(document)));
    while (names.find()) {
      if (names.group(1) != null) type = names.group(1);
      if (names.group(3) != null && !Files.exists(Path.of("src/test/web/widget", names.group(3))))
        missing.add(names.group(3));
      if (names.group(1) != null && !typeToSource.containsKey(type)) missing.add(type);
      String method = names.group(2);
      if (type == null || method == null || !method.contains("_")) continue;
      if (!names.group().startsWith("`.") && names.group(1) == null) continue;
      named++;
      if (!typeToSource.getOrDefault(type, "").contains(" " + method + "("))
        missing.add(type + "." + method);
    }
    assertEquals(List.of(), missing);
    assertTrue(named > 20, named + " tests are named");
  }

  private static Map<String, String> sources() throws IOException {
    var typeToSource = new HashMap<String, String>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList())
        typeToSource.put(
            file.getFileName().toString().replace(".java", ""), Files.readString(file));
    }
    return typeToSource;
  }
}
