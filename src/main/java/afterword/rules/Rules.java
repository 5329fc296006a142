package afterword.rules;

import afterword.model.Check;
import afterword.model.Submission;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table, read top to bottom. A refusal or a swallow ends the run. A publish ends it too, and
 * counts unless a rule above it holds: what stands below a rule that publishes is what trust may
 * skip. Holds are remembered and the rest is still asked, so that all reasons are collected. What a
 * check in shadow says is noted and changes nothing.
 */
public final class Rules {
  static final List<Rule> TABLE =
      List.of(
          new Banned(),
          new ClosedPage(),
          new PageTooOld(),
          new TooLong(),
          new FilledTrap(),
          new Duplicate(),
          new StaffName(),
          new BlockedWord(),
          new LinkDomain(),
          new SameElsewhere(),
          new NearDuplicate(),
          new OftenRejected(),
          new FlaggedAuthor(),
          new OutsideOpinion(),
          new LearnedScore(),
          new Doubt(),
          new OldPage(),
          new Trusted(),
          new SuspectWord(),
          new TooManyLinks(),
          new TooFast(),
          new Newcomer(),
          new SiteMode());

  private Rules() {}

  public static Ruling judge(Submission submission, Facts facts) {
    return judge(TABLE, submission, facts);
  }

  static Ruling judge(List<Rule> table, Submission submission, Facts facts) {
    Set<Reason> inShadow = reasons(facts.settings().checks().shadow());
    var holds = new EnumMap<Reason, String>(Reason.class);
    Set<Reason> shadow = EnumSet.noneOf(Reason.class);
    for (Rule rule : table) {
      Verdict verdict = rule.check(submission, facts).orElse(null);
      if (verdict == null) continue;
      if (inShadow.containsAll(verdict.reasons())) {
        shadow.addAll(verdict.reasons());
      } else if (verdict instanceof Verdict.Hold hold) {
        hold.reasons().forEach(r -> holds.put(r, hold.found().getOrDefault(r, "")));
      } else if (verdict instanceof Verdict.Publish && !holds.isEmpty()) {
        return new Ruling(held(holds), shadow);
      } else {
        return new Ruling(verdict, shadow);
      }
    }
    return new Ruling(held(holds), shadow);
  }

  private static Verdict held(Map<Reason, String> reasonToFound) {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    reasons.addAll(reasonToFound.keySet());
    var found = new EnumMap<>(reasonToFound);
    found.values().removeIf(String::isEmpty);
    return new Verdict.Hold(
        Collections.unmodifiableSet(reasons), Collections.unmodifiableMap(found));
  }

  private static Set<Reason> reasons(Set<Check> checks) {
    return checks.stream()
        .map(check -> Reason.valueOf(check.name()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reason.class)));
  }
}
