package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Holds a commenter whose other comments readers have reported, until a moderator has looked. */
final class FlaggedAuthor implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    int most = facts.settings().checks().flagsToHold();
    return most > 0 && facts.author().flags() >= most
        ? Rule.hold(Reason.FLAGGED_AUTHOR)
        : Optional.empty();
  }
}
