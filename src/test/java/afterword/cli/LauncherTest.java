package afterword.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/afterword} on machines that lack something, or that have it all and look odd. */
class LauncherTest {
  private static final String OLD_JAVA =
      "#!/bin/sh\necho 'openjdk version \"11.0.27\" 2025-04-15' >&2\n";
  private static final String NEW_JAVA =
      "#!/bin/sh\n[ \"$1\" != -version ] || { echo 'openjdk version \"25\" 2025-09-16' >&2; exit; }\n"
          + "echo \"ran $*\"\necho \"as $$\"\n";

  @TempDir Path temp;
  private Path launcher;

  @BeforeEach
  void copy_the_launcher() throws IOException {
    launcher = temp.resolve("a clone/bin/afterword");
    Files.createDirectories(launcher.getParent());
    Files.copy(Path.of("bin/afterword"), launcher);
    for (String folder : new String[] {"src/main", "src/build", "migrations"}) {
      Files.createDirectories(temp.resolve("a clone").resolve(folder));
    }
    Files.createFile(temp.resolve("a clone/pom.xml"));
    Files.createFile(temp.resolve("a clone/openapi.yaml"));
  }

  @Test
  void says_which_java_is_too_old() throws Exception {
    Path java = javaHome(OLD_JAVA);

    assertEquals(
        "1: afterword: Java 17 or newer is needed, "
            + java
            + "/bin/java is 11: install a newer JDK, or set JAVA_HOME to one\n",
        run(java, launcher));
  }

  @Test
  void says_that_the_java_of_the_path_is_too_old() throws Exception {
    program(Files.createDirectories(temp.resolve("tools")).resolve("java"), OLD_JAVA);

    assertEquals(
        "1: afterword: Java 17 or newer is needed, java is 11: install a newer JDK, or set JAVA_HOME to one\n",
        run(null, launcher, "demo"));
  }

  @Test
  void says_that_there_is_no_java() throws Exception {
    assertTrue(
        run(temp, launcher)
            .startsWith("1: afterword: Java 17 or newer is needed and none was found"));
  }

  @Test
  void says_what_it_needs_to_build() throws Exception {
    String said = run(javaHome(NEW_JAVA), launcher);

    assertTrue(
        said.startsWith("1: afterword: Maven 3.8 or newer is needed to build and was not found"),
        said);
  }

  @Test
  void shows_how_far_the_build_is_and_starts_what_it_built() throws Exception {
    program(
        Files.createDirectories(temp.resolve("tools")).resolve("mvn"),
        """
        #!/bin/bash
        for i in {1..60}; do echo "[INFO] Downloaded from central: library $i"; done
        echo '[INFO] --- compiler:3.14.1:compile ---'
        echo '[INFO] --- jar:3.4.2:jar ---'
        while [ "$1" != -f ]; do shift; done
        mkdir -p "$(dirname "$2")/target/lib"
        : >"$(dirname "$2")/target/afterword.jar"
        """);
    program(Files.createDirectories(temp.resolve("jdk/bin")).resolve("javac"), "#!/bin/sh\n");

    String said = run(javaHome(NEW_JAVA), launcher, "demo");

    assertTrue(
        said.matches(
            "(?s)0: Building Afterword \\(.*\\)\n  fetched 25 files\n  fetched 50 files\n  compiling\n  packing\n"
                + "ran .* afterword.Main demo\nas the same process\n"),
        said);
  }

  @Test
  void tells_why_the_build_failed() throws Exception {
    program(
        Files.createDirectories(temp.resolve("tools")).resolve("mvn"),
        "#!/bin/sh\necho '[ERROR] no room left on the moon'\nexit 1\n");
    program(Files.createDirectories(temp.resolve("jdk/bin")).resolve("javac"), "#!/bin/sh\n");

    String said = run(javaHome(NEW_JAVA), launcher);

    assertTrue(said.startsWith("1: Building"), said);
    assertTrue(
        said.contains("[ERROR] no room left on the moon\nafterword: the build failed"), said);
  }

  @Test
  void becomes_java_with_what_is_built_already_from_anywhere_and_by_any_name() throws Exception {
    Files.createDirectories(temp.resolve("a clone/target/lib"));
    Files.createFile(temp.resolve("a clone/target/afterword.jar"));
    Path link = Files.createSymbolicLink(temp.resolve("comments"), launcher);

    String said = run(javaHome(NEW_JAVA), link, "serve", "--log-format=a b");

    String home = temp.resolve("a clone").toRealPath().toString();
    assertEquals(
        "0: ran -XX:+UseSerialGC -cp "
            + home
            + "/target/afterword.jar:"
            + home
            + "/target/lib/* afterword.Main serve --log-format=a b\nas the same process\n",
        said);
  }

  private Path javaHome(String script) throws IOException {
    program(Files.createDirectories(temp.resolve("jdk/bin")).resolve("java"), script);
    return temp.resolve("jdk");
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Gives the exit code and what was said. There is no Maven on this path. */
  private String run(Path javaHome, Path program, String... args) throws Exception {
    Path tools = Files.createDirectories(temp.resolve("tools"));
    for (String tool :
        new String[] {
          "bash", "dirname", "readlink", "sed", "head", "find", "mkdir", "grep", "touch", "flock"
        }) {
      program(
          tools.resolve(tool),
          "#!/bin/sh\n[ -x /usr/bin/"
              + tool
              + " ] && exec /usr/bin/"
              + tool
              + " \"$@\"\nexec /bin/"
              + tool
              + " \"$@\"\n");
    }
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(args));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).directory(Path.of("/").toFile());
    builder.environment().put("PATH", tools.toString());
    if (javaHome == null) builder.environment().remove("JAVA_HOME");
    else builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + ": " + said.replace("as " + process.pid(), "as the same process");
  }
}
