package afterword.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/embed/coverage.md names is there. */
class CoverageTest {
  private static final Pattern NAMED =
      Pattern.compile("`(?:([A-Z]\\w+(?:IT|Test))?\\.?([a-z_0-9]+)?|([a-z]+\\.test\\.js))`");

  @Test
  void every_test_that_a_promise_names_exists() throws IOException {
    var missing = new ArrayList<String>();
    String type = null;
    var names = NAMED.matcher(Files.readString(Path.of("docs/embed/coverage.md")));
    while (names.find()) {
      if (names.group(1) != null) type = names.group(1);
      if (names.group(3) != null && !Files.exists(Path.of("src/test/web/widget", names.group(3))))
        missing.add(names.group(3));
      String method = names.group(2);
      if (type == null || method == null || !method.contains("_")) continue;
      if (!names.group().startsWith("`.") && names.group(1) == null) continue;
      Path source = Path.of("src/test/java/afterword/browser", type + ".java");
      if (!Files.exists(source) || !Files.readString(source).contains(" " + method + "("))
        missing.add(type + "." + method);
    }
    assertEquals(List.of(), missing);
  }
}
