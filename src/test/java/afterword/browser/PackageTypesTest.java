package afterword.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The package's types hold in strict use from plain modules, JSX, Vue and Svelte, and refuse wrong
 * use.
 */
class PackageTypesTest {
  private static final Path PACKAGE = Path.of("packages/widget");

  @Test
  void strict_use_compiles_and_wrong_use_does_not() throws Exception {
    Path compiler = PACKAGE.resolve("node_modules/.bin/tsc").toAbsolutePath();
    assumeTrue(
        Files.isExecutable(compiler), "the package's types: run \"npm ci\" in packages/widget");

    var run =
        new ProcessBuilder(compiler.toString(), "--project", "types-test")
            .directory(PACKAGE.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals("", said);
    assertEquals(0, run.waitFor());
  }
}
