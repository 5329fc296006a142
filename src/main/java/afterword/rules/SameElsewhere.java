package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Holds a text that has been posted on other pages. */
final class SameElsewhere implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    int most = facts.settings().checks().sameElsewhere();
    return most > 0 && facts.repeats().sameElsewhere() >= most
        ? Rule.hold(Reason.SAME_ELSEWHERE)
        : Optional.empty();
  }
}
