package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrigramsTest {
  private static double share(String one, String other) {
    double share = Trigrams.of(one).shareWith(Trigrams.of(other));
    assertEquals(share, Trigrams.of(other).shareWith(Trigrams.of(one)));
    return share;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "Hello there", "שלום", "🚂🚃🚃", "aaaaaaaaaaaaaaaa"})
  void a_text_shares_everything_with_itself(String text) {
    assertEquals(1, share(text, text));
  }

  @Test
  void neither_case_nor_width_nor_what_is_not_seen_makes_a_difference() {
    assertEquals(1, share("Cheap watches here", "ＣＨＥＡＰ wat\u200Bches  HERE"));
  }

  @ParameterizedTest
  @CsvSource({
    "abcd, abce, 0.43", // "  a", " ab", "abc" of those, "bcd", "cd ", "bce" and "ce "
    "abc, xyz, 0",
    "'', abc, 0",
  })
  void what_both_have_counts_of_what_one_has(String one, String other, double share) {
    assertEquals(share, share(one, other), 0.005);
  }

  @Test
  void another_name_in_a_template_leaves_it_alike_and_another_subject_does_not() {
    String template =
        "Dear %s, my uncle made a fortune with this method in only two weeks, write to me";

    assertTrue(share(template.formatted("Ada"), template.formatted("Bartholomew")) > 0.8);
    assertTrue(
        share(
                template.formatted("Ada"),
                "The line from the harbour to the old station was closed for the winter")
            < 0.2);
  }
}
