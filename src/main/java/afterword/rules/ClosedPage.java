package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Refuses comments on a page that is closed by hand. */
final class ClosedPage implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return facts.page().closed() ? Rule.refuse(Reason.PAGE_CLOSED) : Optional.empty();
  }
}
