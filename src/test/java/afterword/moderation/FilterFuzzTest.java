package afterword.moderation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.db.TestDatabase;
import afterword.keys.Keys;
import afterword.model.FailureException;
import afterword.model.Status;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What is typed into the queue's search box, or stands in its address. */
class FilterFuzzTest {
  private final QueueCursor cursors = new QueueCursor(new Keys(TestDatabase.SECRET));

  @FuzzTest(maxDuration = "1m")
  void a_typed_filter_is_read_or_refused(byte[] typed) {
    var given = Map.of("q", new String(typed, StandardCharsets.UTF_8));
    try {
      new FilterReader(given, Instant.EPOCH).read();
    } catch (FailureException refused) {
      assertTrue(refused.getMessage() == null || !refused.getMessage().isBlank());
    }
  }

  @FuzzTest(maxDuration = "1m")
  void a_cursor_of_the_queue_is_one_of_ours_or_refused(byte[] typed) {
    String text = new String(typed, StandardCharsets.ISO_8859_1);
    try {
      cursors.read(text, Order.of("oldest", Optional.of(Status.PENDING)));
      throw new AssertionError("made up and taken: " + text);
    } catch (FailureException refused) {
      // As it should be.
    }
  }
}
