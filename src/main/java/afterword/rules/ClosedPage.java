package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Refuses comments on a page that is closed. */
final class ClosedPage implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return facts.pageOpen() ? Optional.empty() : Rule.refuse(Reason.PAGE_CLOSED);
  }
}
