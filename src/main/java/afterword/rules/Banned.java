package afterword.rules;

import afterword.model.Status;
import afterword.model.Submission;
import java.util.Optional;

/** Refuses who is banned openly, swallows who is banned without being told. */
final class Banned implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return switch (facts.ban()) {
      case NONE -> Optional.empty();
      case OPEN -> Rule.refuse(Reason.BANNED);
      case SHADOW -> Rule.swallow(Reason.SHADOW_BANNED, Status.REJECTED);
    };
  }
}
