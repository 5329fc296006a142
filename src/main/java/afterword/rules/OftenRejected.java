package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Holds a commenter of whose comments moderators turned down too many. */
final class OftenRejected implements Rule {
  /** Two mistakes are nobody's habit. */
  static final int AT_LEAST = 3;

  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    int percent = facts.settings().checks().rejectedPercent();
    int turnedDown = facts.author().turnedDown();
    int decided = facts.author().approved() + turnedDown;
    boolean often = turnedDown >= AT_LEAST && turnedDown * 100 >= percent * decided;
    return percent > 0 && often ? Rule.hold(Reason.OFTEN_REJECTED) : Optional.empty();
  }
}
