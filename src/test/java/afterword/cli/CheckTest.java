package afterword.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/check} on machines that lack something, with a Maven that only says what it got. */
class CheckTest {
  private static final String[] TOOLS = {
    "bash",
    "sh",
    "dirname",
    "readlink",
    "sed",
    "awk",
    "find",
    "sort",
    "head",
    "mktemp",
    "rm",
    "mkdir",
    "tar",
    "cat"
  };
  private static final String KUBECTL = "#!/bin/sh\necho 'Client Version: v1.32.3'\n";
  private static final String OLD_KUBECTL =
      "#!/bin/sh\necho 'Client Version: version.Info{Major:\"1\", Minor:\"20\", GitVersion:\"v1.20.2\"}'\n";

  @TempDir Path temp;
  private Path tools;

  @BeforeEach
  void copy_the_program_and_make_a_bare_machine() throws IOException {
    tools = Files.createDirectories(temp.resolve("tools"));
    Files.createDirectories(temp.resolve("a clone/bin"));
    Files.copy(Path.of("bin/check"), temp.resolve("a clone/bin/check"));
    for (String tool : TOOLS) {
      Path folder = Path.of(Files.exists(Path.of("/usr/bin", tool)) ? "/usr/bin" : "/bin");
      program(tool, "#!/bin/sh\nexec " + folder.resolve(tool) + " \"$@\"\n");
    }
    program("id", "#!/bin/sh\necho 1000\n");
    program("uname", "#!/bin/sh\necho Plan9 mips\n");
    program("javac", "#!/bin/sh\n");
    program("mvn", "#!/bin/sh\necho \"mvn $*\"\n");
  }

  @Test
  void gives_maven_what_it_was_given_and_says_that_nothing_was_left_out() throws Exception {
    program("chromium", "#!/bin/sh\n");
    program("kubectl", KUBECTL);
    program("promtool", "#!/bin/sh\n");
    haveTypes();

    assertEquals(
        "0: mvn -B -ntp verify -Pbrowser -Dtest=X\nNothing was left out.\n", run("-Dtest=X"));
    assertTrue(run("--all").startsWith("0: "));
  }

  @Test
  void names_what_it_leaves_out_and_what_to_do() throws Exception {
    String said = run();

    assertTrue(said.startsWith("0: mvn -B -ntp verify -P !browser\n"), said);
    assertTrue(
        said.contains("Not run: the tests in Chromium: install the package \"chromium\""), said);
    assertTrue(
        said.contains("Not run: rendering the Kubernetes files: install kubectl 1.27"), said);
    assertFalse(said.contains("Nothing was left out"), said);
  }

  @Test
  void leaves_nothing_out_when_all_is_asked_for() throws Exception {
    program("kubectl", KUBECTL);
    program("promtool", "#!/bin/sh\n");
    assertTrue(run("--all").startsWith("1: bin/check: the tests in Chromium cannot be left out"));

    program("chromium", "#!/bin/sh\n");
    program("kubectl", OLD_KUBECTL);
    assertTrue(
        run("--all").startsWith("1: bin/check: rendering the Kubernetes files cannot be left out"));
  }

  @Test
  void names_the_tests_that_stood_aside() throws Exception {
    program("chromium", "#!/bin/sh\n");
    program("kubectl", KUBECTL);
    program("promtool", "#!/bin/sh\n");
    haveTypes();
    program(
        "mvn",
        """
        #!/bin/sh
        mkdir -p target/surefire-reports
        cat >target/surefire-reports/TEST-a.SomeTest.xml <<END
        <testsuite name="a.SomeTest">
          <testcase name="one" classname="a.SomeTest" time="0"/>
          <testcase name="two" classname="a.SomeTest" time="0">
            <skipped message="no moon tonight" type="x"/>
          </testcase>
        </testsuite>
        END
        """);

    assertEquals("0: Not run: a.SomeTest: no moon tonight\n", run());
    assertTrue(run("--all").startsWith("1: Not run: a.SomeTest: no moon tonight\n"));
  }

  @Test
  void a_failed_test_fails_it() throws Exception {
    program("mvn", "#!/bin/sh\nexit 3\n");

    assertTrue(run().startsWith("3: Not run: "));
  }

  @Test
  void fetches_what_types_are_checked_with_and_says_so() throws Exception {
    program("chromium", "#!/bin/sh\n");
    program("kubectl", KUBECTL);
    program("promtool", "#!/bin/sh\n");
    program("npm", "#!/bin/sh\necho \"npm $*\" >&2\n");

    assertTrue(
        run()
            .contains(
                "npm ci --prefix packages/widget --ignore-scripts --no-audit --no-fund --silent\n"));
    assertTrue(
        run()
            .contains(
                "npm ci --prefix src/test/identity-provider --ignore-scripts --no-audit --no-fund --silent\n"));
    Files.delete(tools.resolve("npm"));
    assertTrue(run().contains("Not run: the types of the npm package: install npm\n"));
    assertTrue(run().contains("Not run: sign-in by a real identity provider: install npm\n"));
  }

  /** As after a run before. */
  private void haveTypes() throws IOException {
    Files.createDirectories(temp.resolve("a clone/src/test/frameworks/vite/node_modules/vite"));
    Files.createDirectories(
        temp.resolve("a clone/src/test/identity-provider/node_modules/oidc-provider"));
    Path bin = Files.createDirectories(temp.resolve("a clone/packages/widget/node_modules/.bin"));
    Files.writeString(bin.resolve("tsc"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(bin.resolve("tsc"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void program(String name, String script) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Gives the exit code and what was said. */
  private String run(String... args) throws Exception {
    var command = new ArrayList<>(List.of(temp.resolve("a clone/bin/check").toString()));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", tools.toString(), "HOME", temp.toString()));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + ": " + said;
  }
}
