package afterword.spam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LearningTest {
  private static final double HOLDS_AT = 0.9;

  @Test
  void a_thousand_approvals_do_not_take_the_first_spam_for_good() {
    var people = Writers.heldOut(8);
    List<Example> approved =
        Stream.generate(people::good).limit(1_000).map(TrainPrior::example).toList();
    var bots = Writers.heldOut(9);
    List<Features> spam =
        Stream.generate(bots::spamText).limit(600).map(w -> Features.of(w.writing())).toList();

    var site = new Model(1, Learning.weights(approved));

    double before = held(Model.SHIPPED, spam);
    double after = held(site, spam);
    assertTrue(after > 0.9 * before, after + " are held of what were " + before);
  }

  @Test
  void how_many_of_each_kind_were_decided_on_is_not_learnt() {
    var people = Writers.heldOut(8);
    List<Example> approved =
        Stream.generate(people::good).limit(50).map(TrainPrior::example).toList();

    assertEquals(0, Learning.weights(approved).start());
  }

  private static double held(Model model, List<Features> texts) {
    return texts.stream().filter(text -> model.probability(text) >= HOLDS_AT).count()
        / (double) texts.size();
  }
}
