package afterword.rules;

import afterword.model.Submission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The table, read top to bottom. A refusal or a swallow ends the run; a hold is remembered, and the
 * rest is still asked so that all reasons are collected; a publish ends the run, but counts only if
 * nothing holds.
 */
public final class Rules {
  private static final List<Rule> TABLE =
      List.of(
          new Banned(),
          new ClosedPage(),
          new TooLong(),
          new FilledTrap(),
          new Duplicate(),
          new BlockedWord(),
          new TooManyLinks(),
          new Trusted(),
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
      } else if (verdict instanceof Verdict.Publish publish) {
        return holds.isEmpty() ? publish : new Verdict.Hold(java.util.Collections.unmodifiableSet(holds));
      } else {
        return verdict;
      }
    }
    return new Verdict.Hold(java.util.Collections.unmodifiableSet(holds));
  }
}
