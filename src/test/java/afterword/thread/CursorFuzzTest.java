package afterword.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.db.TestDatabase;
import afterword.keys.Keys;
import afterword.model.FailureException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Nobody makes a place up. */
class CursorFuzzTest {
  private final Cursors cursors = new Cursors(new Keys(TestDatabase.SECRET));

  @FuzzTest(maxDuration = "1m")
  void a_cursor_is_one_of_ours_or_refused(byte[] given) {
    String text = new String(given, StandardCharsets.ISO_8859_1);
    try {
      assertEquals(text, cursors.text("list", cursors.place("list", text)));
    } catch (FailureException refused) {
      // As it should be.
    }
  }
}
