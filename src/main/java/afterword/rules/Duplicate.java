package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/**
 * Refuses what the same sender posted to the same page within a day. Two people may think alike.
 */
final class Duplicate implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return facts.repeats().sameSender() ? Rule.refuse(Reason.DUPLICATE) : Optional.empty();
  }
}
