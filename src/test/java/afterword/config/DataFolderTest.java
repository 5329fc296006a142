package afterword.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
      assertEquals(java.util.List.of(left), folder.abandoned());
      assertTrue(Files.exists(running.path()));
    }
  }
}
