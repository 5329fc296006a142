package afterword.spam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LearningTest {
  private static final double HOLDS_AT = 0.9;

  @Test
  void a_thousand_approvals_do_not_take_the_first_spam_for_good() {
    var people = Writers.heldOut(8);
    Evidence approved = new Evidence(decided(people::good, false, 1_000), List.of());
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
    Evidence approved = new Evidence(decided(people::good, false, 50), List.of());

    assertEquals(0, Learning.weights(approved).start());
  }

  @Test
  void what_nobody_objected_to_keeps_a_site_that_meets_spam_alone_from_being_strict_with_people() {
    List<Decided> spam = decided(Writers.heldOut(8)::spamText, true, 400);
    var left = Writers.heldOut(9);
    List<Unopposed> unopposed =
        decided(left::good, false, 400).stream()
            .map(one -> new Unopposed(one.comment(), one.writing()))
            .toList();
    var people = Writers.heldOut(10);
    List<Features> said =
        Stream.generate(people::good).limit(4_000).map(w -> Features.of(w.writing())).toList();

    double alone = held(model(new Evidence(spam, List.of())), said);
    double beside = held(model(new Evidence(spam, unopposed)), said);

    assertTrue(beside < alone / 2, beside + " of what people say are held, " + alone + " without");
  }

  @Test
  void who_has_met_both_sides_is_bolder_and_who_has_not_is_not() {
    List<Decided> spam = decided(Writers.heldOut(8)::spamText, true, 100);
    List<Unopposed> unopposed =
        decided(Writers.heldOut(9)::good, false, 100).stream()
            .map(one -> new Unopposed(one.comment(), one.writing()))
            .toList();

    float both = Learning.weights(new Evidence(spam, unopposed)).start();
    assertTrue(both > 0.5 && both < 1.5, "start " + both);
    assertEquals(
        both / 2, Learning.weights(new Evidence(spam, unopposed.subList(0, 50))).start(), 1e-6);
    assertEquals(0, Learning.weights(new Evidence(spam, List.of())).start());
  }

  @Test
  void what_nobody_objected_to_weighs_nothing_where_as_much_was_approved_as_turned_down() {
    var writers = Writers.heldOut(8);
    var decided = new ArrayList<>(decided(writers::good, false, 30));
    decided.addAll(decided(writers::spamText, true, 30));
    List<Unopposed> unopposed =
        decided(writers::good, false, 30).stream()
            .map(one -> new Unopposed(one.comment(), one.writing()))
            .toList();
    Features one = Features.of(Writing.of("Come and see what the rowing club does"));

    double without = model(new Evidence(decided, List.of())).logOdds(one);
    double with = model(new Evidence(decided, unopposed)).logOdds(one);

    assertEquals(without, with);
  }

  /** As it learns, before it is made bolder. */
  private static Model model(Evidence evidence) {
    return new Model(1, Learning.weights(evidence.examples()));
  }

  private static List<Decided> decided(Supplier<Writers.Written> writer, boolean spam, int many) {
    return IntStream.range(0, many)
        .mapToObj(i -> new Decided(i, writer.get().writing(), spam))
        .toList();
  }

  private static double held(Model model, List<Features> texts) {
    return texts.stream().filter(text -> model.probability(text) >= HOLDS_AT).count()
        / (double) texts.size();
  }
}
