package afterword.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit for machines without containers, as systemd itself reads it. */
class UnitFileTest {
  private static final Path UNIT = Path.of("packages/systemd/afterword.service");
  private static final Path UNITS_OF_SYSTEMD = Path.of("/usr/lib/systemd/system");

  @TempDir Path root;

  @BeforeEach
  void a_machine_with_the_program() throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
        "systemd is not installed: its verdict on the unit is missing");
    Path java = Files.createDirectories(root.resolve("app/runtime/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path units = Files.createDirectories(root.resolve("usr/lib/systemd/system"));
    try (Stream<Path> targets = Files.list(UNITS_OF_SYSTEMD)) {
      for (Path target : targets.filter(file -> file.toString().endsWith(".target")).toList())
        Files.copy(target, units.resolve(target.getFileName()));
    }
    Files.createDirectories(root.resolve("etc/systemd/system"));
  }

  @Test
  void systemd_accepts_it() throws Exception {
    String unit = Files.readString(UNIT);

    assertEquals("0: ", verdict(unit));
    assertNotEquals("0: ", verdict(unit.replace("ProtectHome=yes", "ProtectHose=yes")));
    assertNotEquals("0: ", verdict(unit.replace("/app/runtime/bin/java", "/app/bin/java")));
  }

  @Test
  void it_waits_for_a_stop_as_long_as_the_program_takes() throws Exception {
    String unit = Files.readString(UNIT);

    int drain = number(unit, "AFTERWORD_DRAIN_SECONDS");
    int finish = number(unit, "AFTERWORD_FINISH_SECONDS");
    assertTrue(number(unit, "TimeoutStopSec") > drain + finish);
  }

  private static int number(String unit, String name) {
    return Integer.parseInt(unit.replaceFirst("(?s).*" + name + "=(\\d+).*", "$1"));
  }

  /** Gives the exit code and what was said. */
  private String verdict(String unit) throws Exception {
    Files.writeString(root.resolve("etc/systemd/system/afterword.service"), unit);
    Process process =
        new ProcessBuilder("systemd-analyze", "verify", "--root=" + root, "afterword.service")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + ": " + said;
  }
}
