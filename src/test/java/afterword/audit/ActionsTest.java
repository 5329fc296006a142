package afterword.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is audited that the record could not say, in whatever language it is read. */
class ActionsTest {
  /** In statements that write the row themselves: 'author', 'post'. */
  private static final Pattern IN_SQL =
      Pattern.compile("insert into audit \\([^)]*\\)\\s+select [^']*'[a-z]+', '([a-z-]+)'");

  private static final Pattern WORDS =
      Pattern.compile("^  '(?:audit|action)\\.([a-z-]+)': '(.+)',$", Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "es", "fr", "ru", "uk", "ar"})
  void every_action_has_words(String language) throws IOException {
    Path table = Path.of("src/main/web/admin/i18n", language + ".js");
    var missing = new TreeSet<>(Actions.ALL);

    Matcher words = WORDS.matcher(Files.readString(table));
    while (words.find()) missing.remove(words.group(1));

    assertEquals(List.of(), List.copyOf(missing));
  }

  @Test
  void an_entry_of_an_unknown_action_is_not_made() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new AuditEntry(1, Instant.EPOCH, "author", "posted", "comment:1"));
  }

  @Test
  void statements_that_write_the_row_themselves_know_them_too() throws IOException {
    var found = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        Matcher written = IN_SQL.matcher(Files.readString(file));
        while (written.find()) found.add(written.group(1));
      }
    }

    assertTrue(found.containsAll(List.of("post", "edit")), found::toString);
    assertTrue(Actions.ALL.containsAll(found), found::toString);
  }
}
