package afterword.comment;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.PublicId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlikeTextsTest {
  private static final PublicId ONE = new PublicId(1, 1);
  private static final PublicId TWIN = new PublicId(1, 2);
  private static final PublicId QUOTING = new PublicId(1, 3);
  private static final PublicId UNKNOWN = new PublicId(1, 4);

  private final AlikeTexts texts =
      new AlikeTexts(
          Map.of(
              ONE,
              "Buy the best watches in town, write to Ada today",
              TWIN,
              "Buy the best watches in town, write to Bob today",
              QUOTING,
              "\"Buy the best watches in town\" is what they all say, and nobody here has ever seen a shop"));

  @Test
  void another_name_in_the_same_words_is_alike_from_both_sides() {
    assertTrue(texts.areAlike(ONE, TWIN));
    assertTrue(texts.areAlike(TWIN, ONE));
    assertTrue(texts.areAlike(ONE, ONE));
  }

  @Test
  void who_quotes_it_in_words_of_their_own_is_not() {
    assertFalse(texts.areAlike(ONE, QUOTING));
  }

  @Test
  void what_is_not_known_is_like_nothing() {
    assertFalse(texts.areAlike(ONE, UNKNOWN));
    assertFalse(texts.areAlike(UNKNOWN, UNKNOWN));
  }
}
