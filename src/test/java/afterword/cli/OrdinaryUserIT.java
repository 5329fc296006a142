package afterword.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.config.DataFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo as somebody without powers starts it: where the tests are root, as another user. */
class OrdinaryUserIT {
  private static final int NOBODY = 65_534;

  /** Known to no list of users, like those of many containers. */
  private static final int NAMELESS = 54_321;

  private static Path home;
  private static String classPath;
  private static boolean root;

  @BeforeAll
  static void make_a_home() throws IOException {
    home = Files.createTempDirectory("afterword-somebody-");
    root = (int) Files.getAttribute(home, "unix:uid") == 0;
    classPath = copied(Files.createDirectory(home.resolve("lib")));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterAll
  static void remove_it() throws IOException {
    DataFolder.remove(home);
  }

  @ParameterizedTest
  @ValueSource(ints = {NOBODY, NAMELESS})
  void finds_the_comments_of_the_first_start_at_the_second(int user) throws Exception {
    Path folder = home.resolve("data-" + user);
    Path readyFile = home.resolve("ready-" + user + ".json");
    for (String text : List.of("Ordinarily said", "Said the next day")) {
      Files.deleteIfExists(readyFile);
      try (Program program = demo(user, "--data-dir=" + folder, "--ready-file=" + readyFile)) {
        var demo = new DemoClient(program.ready(readyFile));
        assertEquals(202, demo.post(text));
        assertTrue(demo.queue().encode().contains("Ordinarily said"));
        program.stop();
      }
    }
    if (root) assertEquals(user, Files.getAttribute(folder.resolve("secret"), "unix:uid"));
  }

  @Test
  void is_told_in_one_line_that_a_folder_cannot_be_written() throws Exception {
    Path locked =
        Files.createDirectory(
            home.resolve("locked"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));

    for (Path folder : List.of(locked, locked.resolve("data"))) {
      try (Program demo = demo(NOBODY, "--data-dir=" + folder)) {
        assertNotEquals(0, demo.exitCode());
        assertEquals(
            List.of(
                "afterword: The data folder "
                    + folder
                    + " cannot be written: choose another with --data-dir"),
            demo.said().lines().filter(line -> !line.startsWith("Starting ")).toList());
      }
    }
  }

  private static Program demo(int user, String... more) throws IOException {
    var args =
        new ArrayList<>(List.of("demo", "--port=0", "--management-port=0", "--host-page-port=0"));
    args.addAll(List.of(more));
    List<String> asUser =
        List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
    return Program.start(home, root ? asUser : List.of(), classPath, args.toArray(String[]::new));
  }

  /**
   * What the program is made of, where everybody may read it; the home of root is closed to others.
   */
  private static String copied(Path lib) throws IOException {
    var copies = new ArrayList<String>();
    for (String entry : Program.classPath().split(File.pathSeparator)) {
      if (entry.contains("driver-bundle")) continue;
      Path copy = lib.resolve(copies.size() + "-" + Path.of(entry).getFileName());
      copyTree(Path.of(entry), copy);
      copies.add(copy.toString());
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.walk(from)) {
      for (Path entry : entries.toList())
        Files.copy(
            entry,
            to.resolve(from.relativize(entry).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
