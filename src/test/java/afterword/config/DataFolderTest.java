package afterword.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temp;

  @Test
  void makes_the_secret_once_and_for_its_owner_alone() throws IOException {
    Path home = temp.resolve("data");
    String first;
    try (DataFolder folder = DataFolder.at(home)) {
      first = folder.secret();
    }

    try (DataFolder folder = DataFolder.at(home)) {
      assertEquals(first, folder.secret());
    }
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secret"))));
  }

  @Test
  void belongs_to_one_process_at_a_time() {
    try (DataFolder ours = DataFolder.at(temp)) {
      var refused = assertThrows(ConfigException.class, () -> DataFolder.at(ours.path()));

      assertTrue(
          refused.getMessage().contains("in use by another Afterword"), refused.getMessage());
    }
  }

  @Test
  void says_where_it_may_not_write() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    var refused = assertThrows(ConfigException.class, () -> DataFolder.at(file.resolve("data")));

    assertEquals(
        "The data folder " + file + "/data cannot be written: choose another with --data-dir",
        refused.getMessage());
  }

  @Test
  void an_ephemeral_one_is_gone_when_closed() throws IOException {
    Path path;
    try (DataFolder folder = DataFolder.ephemeral(temp)) {
      path = folder.path();
      assertEquals(temp, path.getParent());
      folder.secret();
    }

    assertFalse(Files.exists(path));
  }

  @Test
  void knows_which_ephemeral_ones_were_left_behind() throws IOException {
    Path left = Files.createDirectory(temp.resolve("ephemeral-1"));

    try (DataFolder running = DataFolder.ephemeral(temp);
        DataFolder folder = DataFolder.at(temp)) {
      assertEquals(List.of(left), folder.abandoned());
      assertTrue(Files.exists(running.path()));
    }
  }

  @Test
  void one_process_may_have_several_and_another_leaves_them_all_alone() throws Exception {
    try (DataFolder first = DataFolder.ephemeral(temp);
        DataFolder second = DataFolder.ephemeral(temp)) {
      assertEquals(List.of(), second.abandoned());
      assertEquals(List.of(), first.abandoned());

      assertEquals("[]", abandonedAsAnotherProcessSeesIt());
    }
  }

  private String abandonedAsAnotherProcessSeesIt() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Another.class.getName(),
                temp.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** Its lock is the operating system's, so it takes a process of its own to see it. */
  static final class Another {
    public static void main(String[] args) {
      try (DataFolder folder = DataFolder.ephemeral(Path.of(args[0]))) {
        System.out.println(folder.abandoned());
      }
    }
  }
}
