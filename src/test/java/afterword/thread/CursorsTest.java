package afterword.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import afterword.db.TestDatabase;
import afterword.keys.Keys;
import afterword.model.Failure;
import afterword.model.FailureException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final String LIST = "thread\n1\nBEST\ntalks";
  private static final Place PLACE =
      new Place(false, -4_711, OffsetDateTime.parse("2026-03-14T12:00:00.123456Z"), 77, 9_000);
  private final Cursors cursors = new Cursors(new Keys(TestDatabase.SECRET));

  @Test
  void a_cursor_leads_to_the_place_that_it_was_made_of() {
    assertEquals(PLACE, cursors.place(LIST, cursors.text(LIST, PLACE)));
  }

  @Test
  void ten_thousand_altered_cursors_are_refused() {
    String cursor = cursors.text(LIST, PLACE);
    byte[] bytes = Base64.getUrlDecoder().decode(cursor);
    var random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      byte[] altered = bytes.clone();
      if (i % 4 == 0) random.nextBytes(altered);
      else altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      if (i % 100 == 1) altered = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      if (i % 100 == 2) altered = java.util.Arrays.copyOf(bytes, bytes.length + 1 + i % 7);
      assertRefused(LIST, Base64.getUrlEncoder().withoutPadding().encodeToString(altered));
    }
  }

  @Test
  void other_spellings_other_lists_and_other_installations_are_refused() {
    String cursor = cursors.text(LIST, PLACE);

    for (String text :
        new String[] {cursor + "=", cursor + " ", " " + cursor, "", "é", cursor + "A"})
      assertRefused(LIST, text);
    assertRefused("thread\n1\nNEWEST\ntalks", cursor);
    assertRefused("thread\n2\nBEST\ntalks", cursor);
    String foreign = new Cursors(new Keys("another secret of an installation")).text(LIST, PLACE);
    assertRefused(LIST, foreign);
  }

  private void assertRefused(String list, String text) {
    var refused =
        assertThrows(
            FailureException.class,
            () -> cursors.place(list, text),
            () -> new String(text.getBytes(StandardCharsets.UTF_8)));
    assertInstanceOf(Failure.Unreadable.class, refused.failure());
  }
}
