package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Refuses comments on a page whose article is older than the site discusses. */
final class PageTooOld implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return facts.page().tooOld() ? Rule.refuse(Reason.PAGE_TOO_OLD) : Optional.empty();
  }
}
