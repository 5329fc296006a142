package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class LikenessTest {
  private static final String SPAM =
      "Hello dear, I made 4,500 dollars last week working from home, ask me how I did it today!";

  @Test
  void near_duplicates_meet() {
    assertTrue(meet(SPAM, SPAM.toUpperCase() + "  "));
    assertTrue(meet(SPAM, SPAM.replace("4,500", "7,200")));
    assertTrue(meet(SPAM, SPAM + " xyz"));
  }

  @Test
  void others_do_not_and_short_texts_never() {
    assertFalse(
        meet(SPAM, "The second paragraph misquotes the study, which never spoke of rivers."));
    assertEquals(0, Likeness.of("Thanks a lot!", 1).length);
    assertTrue(Likeness.of(SPAM, 1).length > 0);
  }

  @Test
  void sites_do_not_meet() {
    var one = new HashSet<>(Arrays.stream(Likeness.of(SPAM, 1)).boxed().toList());
    one.retainAll(Arrays.stream(Likeness.of(SPAM, 2)).boxed().toList());

    assertTrue(one.isEmpty());
  }

  private static boolean meet(String one, String other) {
    long[] others = Likeness.of(other, 1);
    return Arrays.stream(Likeness.of(one, 1))
        .anyMatch(hash -> Arrays.stream(others).anyMatch(o -> o == hash));
  }
}
