package afterword.rules;

import afterword.model.Status;
import afterword.model.Submission;
import java.util.Optional;

/** Swallows what a program posted: it filled the field that people do not see. */
final class FilledTrap implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return submission.trap().isEmpty() ? Optional.empty() : Rule.swallow(Reason.TRAP, Status.SPAM);
  }
}
