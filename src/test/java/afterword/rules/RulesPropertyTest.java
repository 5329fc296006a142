package afterword.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.model.Check;
import afterword.model.Mode;
import afterword.model.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever the table: what ends the run ends it, and holds add up. */
class RulesPropertyTest {
  private static final int TABLES = 5_000;
  private static final Cases HARMLESS = Cases.in(Mode.OPEN);
  private static final List<Cases> CHECK_TO_SHADOWED =
      Arrays.stream(Check.values()).map(check -> Cases.in(Mode.OPEN).inShadow(check)).toList();

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

  @Test
  void what_is_in_shadow_counts_and_otherwise_it_is_as_if_it_were_not_there() {
    for (int i = 0; i < TABLES; i++) {
      List<Optional<Verdict>> opinions = opinions();
      Check shadowed = Check.values()[random.nextInt(Check.values().length)];
      var without = new ArrayList<>(opinions);
      without.removeIf(opinion -> opinion.filter(v -> says(v, shadowed)).isPresent());

      Ruling ruling = judge(opinions, CHECK_TO_SHADOWED.get(shadowed.ordinal()));

      assertEquals(decide(without), ruling.verdict(), opinions::toString);
      assertEquals(
          asked(opinions, shadowed) ? Set.of(Reason.valueOf(shadowed.name())) : Set.of(),
          ruling.shadow());
    }
  }

  private static boolean says(Verdict verdict, Check check) {
    return verdict.reasons().equals(Set.of(Reason.valueOf(check.name())));
  }

  /** Whether the check has its say before something else ends the run. */
  private static boolean asked(List<Optional<Verdict>> opinions, Check check) {
    for (Verdict verdict : opinions.stream().flatMap(Optional::stream).toList()) {
      if (says(verdict, check)) return true;
      if (!(verdict instanceof Verdict.Hold)) return false;
    }
    return false;
  }

  private static Verdict decide(List<Optional<Verdict>> opinions) {
    return judge(opinions, HARMLESS).verdict();
  }

  private static Ruling judge(List<Optional<Verdict>> opinions, Cases cases) {
    List<Rule> table =
        opinions.stream().<Rule>map(opinion -> (submission, facts) -> opinion).toList();
    return Rules.judge(table, cases.submission(), cases.facts());
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
