package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/**
 * Holds what was written faster than people write. Who does not tell the time is not judged by it.
 */
final class TooFast implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    long least = facts.settings().checks().minSeconds() * 1000L;
    long took = submission.elapsedMs();
    return took > 0 && took < least ? Rule.hold(Reason.TOO_FAST) : Optional.empty();
  }
}
