package afterword.rules;

import afterword.model.Mode;
import afterword.model.Submission;
import java.util.Optional;

/** Holds the first comment of a commenter, where the site does not publish everything at once. */
final class FirstComment implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return facts.mode() != Mode.OPEN && facts.approved() == 0
        ? Rule.hold(Reason.FIRST_COMMENT)
        : Optional.empty();
  }
}
