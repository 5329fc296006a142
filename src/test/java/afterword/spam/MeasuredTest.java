package afterword.spam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What judges the filter is right itself. */
class MeasuredTest {
  @Test
  void a_perfect_order_has_area_one_and_a_useless_one_half() {
    var perfect = new Measured();
    var useless = new Measured();
    for (int i = 0; i < 100; i++) {
      perfect.add(i, i >= 50);
      useless.add(0, i >= 50);
    }

    assertEquals(1, perfect.auc());
    assertEquals(0.5, useless.auc());
    assertEquals(1, perfect.recallAt(0));
    assertEquals(0, useless.recallAt(0.01));
  }

  @Test
  void recall_is_counted_above_the_good_ones_that_may_be_held() {
    var measured = new Measured();
    for (int i = 0; i < 100; i++) measured.add(i / 100.0, false);
    measured.add(0.985, true);
    measured.add(0.995, true);

    assertEquals(0.5, measured.recallAt(0));
    assertEquals(1, measured.recallAt(0.01));
  }
}
