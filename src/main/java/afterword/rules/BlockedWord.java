package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Holds a text with one of the site's blocked words. */
final class BlockedWord implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    boolean found = facts.blockedWords().firstIn(facts.text()).isPresent();
    return found ? Rule.hold(Reason.BLOCKED_WORD) : Optional.empty();
  }
}
