package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Holds one more copy of a text that differs in a few words only. */
final class NearDuplicate implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    int most = facts.settings().checks().nearDuplicates();
    return most > 0 && facts.repeats().near() >= most
        ? Rule.hold(Reason.NEAR_DUPLICATE)
        : Optional.empty();
  }
}
