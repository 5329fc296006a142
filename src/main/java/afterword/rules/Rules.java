package afterword.rules;

import afterword.model.Submission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The table, read top to bottom. A refusal or a swallow ends the run. A publish ends it too, and
 * counts unless a rule above it holds: what stands below a rule that publishes is what trust may
 * skip. Holds are remembered and the rest is still asked, so that all reasons are collected.
 */
public final class Rules {
  static final List<Rule> TABLE =
      List.of(
          new Banned(),
          new ClosedPage(),
          new TooLong(),
          new FilledTrap(),
          new Duplicate(),
          new Trusted(),
          new BlockedWord(),
          new TooManyLinks(),
          new FirstComment(),
          new SiteMode());

  private Rules() {}

  public static Verdict decide(Submission submission, Facts facts) {
    return decide(TABLE, submission, facts);
  }

  static Verdict decide(List<Rule> table, Submission submission, Facts facts) {
    Set<Reason> holds = EnumSet.noneOf(Reason.class);
    for (Rule rule : table) {
      Verdict verdict = rule.check(submission, facts).orElse(null);
      if (verdict == null) continue;
      if (verdict instanceof Verdict.Hold hold) {
        holds.addAll(hold.reasons());
      } else if (verdict instanceof Verdict.Publish) {
        return holds.isEmpty() ? verdict : held(holds);
      } else {
        return verdict;
      }
    }
    return held(holds);
  }

  private static Verdict held(Set<Reason> reasons) {
    return new Verdict.Hold(Collections.unmodifiableSet(reasons));
  }
}
