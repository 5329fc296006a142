package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Refuses a text that was posted to the same page within a day. */
final class Duplicate implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return facts.duplicate() ? Rule.refuse(Reason.DUPLICATE) : Optional.empty();
  }
}
