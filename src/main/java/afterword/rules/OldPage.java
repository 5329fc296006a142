package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Holds comments on an old article, which spammers like best: somebody looks at all of them. */
final class OldPage implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return facts.page().old() ? Rule.hold(Reason.OLD_PAGE) : Optional.empty();
  }
}
