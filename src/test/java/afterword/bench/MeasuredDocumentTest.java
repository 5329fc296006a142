package afterword.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredDocumentTest {
  @TempDir private Path folder;
  private Path file;
  private MeasuredDocument document;

  @BeforeEach
  void write() throws Exception {
    file = folder.resolve("document.md");
    Files.writeString(
        file,
        """
        Before.
        <!-- one -->
        | play | lost |
        |---|---|
        | kill | 0 |
        | cut | 1 |

        Some words.
        <!-- end of one -->
        Between.
        <!-- two -->
        <!-- end of two -->
        After.
        """);
    document = new MeasuredDocument(file);
  }

  @Test
  void rows_are_known_by_their_first_cell() throws Exception {
    assertEquals(List.of("kill", "cut"), List.copyOf(document.rows("one").keySet()));
    assertEquals("| cut | 1 |", document.rows("one").get("cut"));
    assertEquals(0, document.rows("two").size());
  }

  @Test
  void only_what_stands_between_its_marks_is_replaced() throws Exception {
    document.write("two", "bin/bench two", List.of("| figure |"));

    String text = Files.readString(file);
    assertTrue(text.startsWith("Before.\n<!-- one -->\n| play"), text);
    assertTrue(text.contains("Between.\n<!-- two -->\n`bin/bench two`, commit "), text);
    assertTrue(text.endsWith("\n| figure |\n<!-- end of two -->\nAfter.\n"), text);
  }

  @Test
  void a_table_without_a_place_is_refused() {
    assertThrows(IllegalStateException.class, () -> document.rows("three"));
  }

  @Test
  void every_benchmark_has_its_place_in_a_document() throws Exception {
    for (String name : Bench.names()) Bench.documentOf(name).rows(name);
  }
}
