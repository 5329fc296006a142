package afterword.rules;

import afterword.model.Mode;
import afterword.model.Submission;
import java.util.Optional;

/**
 * Publishes what a commenter with enough approved comments writes, where the site trusts anybody.
 */
final class Trusted implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return facts.page().mode() == Mode.TRUSTED && facts.trusted()
        ? Rule.publish(Reason.TRUSTED)
        : Optional.empty();
  }
}
