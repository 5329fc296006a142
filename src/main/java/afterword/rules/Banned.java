package afterword.rules;

import afterword.model.Status;
import afterword.model.Submission;
import java.util.Optional;

/**
 * Refuses who is banned openly, swallows who is banned without being told, holds whom moderators
 * always want to see first.
 */
final class Banned implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return switch (facts.author().ban()) {
      case NONE -> Optional.empty();
      case HOLD -> Rule.hold(Reason.HELD_COMMENTER);
      case OPEN -> Rule.refuse(Reason.BANNED);
      case SHADOW -> Rule.swallow(Reason.SHADOW_BANNED, Status.REJECTED);
    };
  }
}
