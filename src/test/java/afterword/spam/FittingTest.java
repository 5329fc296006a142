package afterword.spam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FittingTest {
  @Test
  void what_is_taken_out_again_leaves_no_trace() {
    List<Example> before = decisions(1, 40);
    var more = new ArrayList<>(before);
    more.addAll(decisions(2, 3));

    byte[] first = fitted(before).encoded();
    byte[] with = fitted(more).encoded();
    byte[] again = fitted(more.subList(0, before.size())).encoded();

    assertFalse(Arrays.equals(first, with));
    assertArrayEquals(first, again);
  }

  @Test
  void a_site_learns_what_the_shipped_model_does_not_know() {
    var examples = new ArrayList<Example>();
    for (int i = 0; i < 8; i++) {
      examples.add(example("the zorgle club meets on day " + i + " at the harbour", true));
      examples.add(example("the rowing club meets on day " + i + " at the harbour", false));
    }

    var model = new Model(1, fitted(examples));

    double spam = model.probability(Features.of(Writing.of("zorgle club tonight at the harbour")));
    double good = model.probability(Features.of(Writing.of("rowing club tonight at the harbour")));
    assertTrue(spam > 0.3 && spam > 5 * good, spam + " and " + good);
  }

  @Test
  void weights_survive_being_stored() {
    Weights weights = fitted(decisions(3, 30));

    Weights read = Weights.decoded(weights.encoded());

    assertArrayEquals(weights.encoded(), read.encoded());
    for (int i = 0; i < read.places().length; i++)
      assertEquals(weights.at(read.places()[i]), read.values()[i], 0.001);
  }

  private static Weights fitted(List<Example> examples) {
    return Learning.weights(examples);
  }

  private static List<Example> decisions(long seed, int many) {
    return Writers.training(seed).mixed(many).stream().map(TrainPrior::example).toList();
  }

  private static Example example(String text, boolean spam) {
    return new Example(Features.of(Writing.of(text)), spam, 1);
  }
}
