package afterword;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A newcomer opens a room and reads first what it is for. */
class PackageInfoTest {
  private static final Path SOURCES = Path.of("src/main/java/afterword");

  @Test
  void every_room_says_what_it_is_for() throws IOException {
    try (Stream<Path> folders = Files.walk(SOURCES)) {
      List<Path> silent =
          folders
              .filter(Files::isDirectory)
              .filter(PackageInfoTest::holdsSources)
              .filter(folder -> !folder.equals(SOURCES))
              .filter(folder -> !saysWhatItIsFor(folder.resolve("package-info.java")))
              .toList();

      assertEquals(
          List.of(), silent, "rooms without a package-info.java that begins with a sentence");
    }
  }

  @Test
  void every_decision_is_on_their_list_under_a_number_of_its_own() throws IOException {
    Path decisions = Path.of("docs/decisions");
    String list = Files.readString(decisions.resolve("README.md"));
    try (Stream<Path> files = Files.list(decisions)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("\\d.*"))
              .toList();

      assertEquals(
          List.of(), names.stream().filter(name -> !list.contains("(" + name + ")")).toList());
      assertEquals(
          names.size(), names.stream().map(name -> name.substring(0, 4)).distinct().count());
    }
  }

  private static boolean holdsSources(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".java"));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static boolean saysWhatItIsFor(Path info) {
    try {
      String text = Files.readString(info);
      return text.stripLeading().startsWith("/**")
          && text.substring(0, text.indexOf("*/")).contains(".");
    } catch (IOException missing) {
      return false;
    }
  }
}
