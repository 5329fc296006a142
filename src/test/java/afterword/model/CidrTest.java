package afterword.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  private static final List<String> NAMES =
      List.of("999.1.1.1", "1.2.3.256", ".::1", "1:2", "fade", "1.2.3", "[999.1.1.1]");

  @ParameterizedTest
  @CsvSource({
    "1.2.3.4, 1.2.3.4/32",
    "255.249.199.0, 255.249.199.0/32",
    "010.0.0.001, 10.0.0.1/32",
    "' 1.2.3.4 ', 1.2.3.4/32",
    "[::1], ::1/128",
    "::ffff:1.2.3.4, 1.2.3.4/32",
    "2001:DB8::7, 2001:db8:0::7/128"
  })
  void an_address_is_read_however_it_is_written(String written, String same) {
    byte[] address = Cidr.addressOf(written).orElseThrow();
    assertTrue(Cidr.parse(same).orElseThrow().contains(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.2.3.4.", "1.2.3.4.5", "1..2.3", "a.b.c.d", ":", "::1%lo", "[]"})
  void what_is_no_address_is_none(String text) {
    assertTrue(Cidr.addressOf(text).isEmpty());
  }

  /** In a process whose name service has an address for every one of them. */
  @Test
  void nothing_is_ever_looked_up(@TempDir Path folder) throws Exception {
    Path hosts = Files.writeString(folder.resolve("hosts"), "10.9.9.9 " + String.join(" ", NAMES));
    Process asking =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                "target/classes" + File.pathSeparator + "target/test-classes",
                Asking.class.getName())
            .redirectErrorStream(true)
            .start();
    assertEquals(
        "0 of " + NAMES.size(), new String(asking.getInputStream().readAllBytes()).strip());
    assertEquals(0, asking.waitFor());
  }

  /** How many of the names are taken for addresses. */
  static final class Asking {
    public static void main(String[] arguments) {
      long found = NAMES.stream().filter(name -> Cidr.addressOf(name).isPresent()).count();
      System.out.println(found + " of " + NAMES.size());
    }
  }

  @Test
  void what_belongs_to_the_host_is_cut() {
    assertArrayEquals(new byte[] {10, 1, 0, 0}, Cidr.parse("10.1.2.3/16").orElseThrow().network());
  }
}
