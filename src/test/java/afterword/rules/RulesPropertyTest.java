package afterword.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.model.Status;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever the table: what ends the run ends it, and holds add up. */
class RulesPropertyTest {
  private static final int TABLES = 20_000;
  private final Random random = new Random(20260301);

  @Test
  void the_first_end_decides_unless_something_above_it_holds() {
    for (int i = 0; i < TABLES; i++) {
      List<Optional<Verdict>> opinions = opinions();

      Verdict verdict = decide(opinions);

      assertEquals(expected(opinions), verdict, opinions::toString);
    }
  }

  @Test
  void rules_below_an_end_change_nothing() {
    for (int i = 0; i < TABLES; i++) {
      List<Optional<Verdict>> above = opinions();
      above.add(Rule.refuse(Reason.BANNED));
      var longer = new ArrayList<>(above);
      longer.addAll(opinions());

      assertEquals(decide(above), decide(longer));
    }
  }

  @Test
  void the_order_of_rules_that_hold_does_not_matter() {
    for (int i = 0; i < TABLES; i++) {
      List<Optional<Verdict>> holds = opinions();
      holds.removeIf(opinion -> opinion.isPresent() && !(opinion.get() instanceof Verdict.Hold));
      var shuffled = new ArrayList<>(holds);
      java.util.Collections.shuffle(shuffled, random);

      assertEquals(decide(holds), decide(shuffled));
    }
  }

  private static Verdict decide(List<Optional<Verdict>> opinions) {
    List<Rule> table =
        opinions.stream().<Rule>map(opinion -> (submission, facts) -> opinion).toList();
    var cases = new Cases();
    return Rules.decide(table, cases.submission(), cases.facts());
  }

  /** The same in other words: look for the end first, then at what stands above it. */
  private static Verdict expected(List<Optional<Verdict>> opinions) {
    List<Verdict> said = opinions.stream().flatMap(Optional::stream).toList();
    int end = 0;
    while (end < said.size() && said.get(end) instanceof Verdict.Hold) end++;
    boolean publishes = end < said.size() && said.get(end) instanceof Verdict.Publish;
    if (end < said.size() && (!publishes || end == 0)) return said.get(end);
    Set<Reason> reasons =
        said.subList(0, end).stream()
            .flatMap(hold -> hold.reasons().stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reason.class)));
    return new Verdict.Hold(reasons);
  }

  private List<Optional<Verdict>> opinions() {
    var opinions = new ArrayList<Optional<Verdict>>();
    for (int n = random.nextInt(8); n > 0; n--) opinions.add(opinion());
    return opinions;
  }

  private Optional<Verdict> opinion() {
    Reason reason = Reason.values()[random.nextInt(Reason.values().length)];
    return switch (random.nextInt(10)) {
      case 0 -> Rule.refuse(reason);
      case 1 -> Rule.swallow(reason, Status.SPAM);
      case 2 -> Rule.publish(reason);
      case 3, 4, 5 -> Rule.hold(reason);
      default -> Optional.empty();
    };
  }
}
