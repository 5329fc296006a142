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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
      assertEquals(List.of(left), abandoned(folder));
      assertTrue(Files.exists(running.path()));
      assertFalse(Files.exists(left));
    }
  }

  @Test
  void one_process_may_have_several_and_another_leaves_them_all_alone() throws Exception {
    try (DataFolder first = DataFolder.ephemeral(temp);
        DataFolder second = DataFolder.ephemeral(temp)) {
      assertEquals(List.of(), abandoned(second));
      assertEquals(List.of(), abandoned(first));

      assertEquals("[]", abandonedAsAnotherProcessSeesIt());
    }
  }

  @Test
  void one_that_is_being_made_is_not_taken_for_abandoned() throws Exception {
    var making = new AtomicBoolean(true);
    var tidying = Executors.newSingleThreadExecutor();
    try (DataFolder looking = DataFolder.ephemeral(temp)) {
      var tidied =
          tidying.submit(
              () -> {
                while (making.get()) looking.removeAbandoned(left -> {});
                return null;
              });
      for (int i = 0; i < 300; i++) {
        try (DataFolder made = DataFolder.ephemeral(temp)) {
          made.secret();
        }
      }
      making.set(false);
      tidied.get(10, TimeUnit.SECONDS);
    } finally {
      making.set(false);
      tidying.shutdown();
    }
  }

  /** They are gone afterwards. */
  private static List<Path> abandoned(DataFolder folder) {
    var found = new ArrayList<Path>();
    folder.removeAbandoned(found::add);
    return found;
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
    public static void main(String[] args) throws IOException {
      try (DataFolder folder = DataFolder.ephemeral(Path.of(args[0]))) {
        System.out.println(abandoned(folder));
      }
    }
  }
}
