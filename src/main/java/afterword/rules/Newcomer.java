package afterword.rules;

import afterword.model.Mode;
import afterword.model.Submission;
import java.util.Optional;

/**
 * Holds the first comment of a commenter where the site does not publish everything at once, and
 * the first few where the site says so.
 */
final class Newcomer implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    int approved = facts.author().approved();
    int first = facts.settings().checks().holdFirst();
    if (approved == 0 && (first > 0 || facts.page().mode() != Mode.OPEN))
      return Rule.hold(Reason.FIRST_COMMENT);
    return approved < first ? Rule.hold(Reason.NEWCOMER) : Optional.empty();
  }
}
