package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Refuses a text longer than the site allows, in code points. */
final class TooLong implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    int length = submission.body().codePointCount(0, submission.body().length());
    return length > facts.settings().maxLength() ? Rule.refuse(Reason.TOO_LONG) : Optional.empty();
  }
}
