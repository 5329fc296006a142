package afterword.rules;

import afterword.model.Score;
import afterword.model.Submission;
import java.util.Optional;

/**
 * Holds what the words alone would not: doubts add up. To the odds of the learned score come those
 * of what is odd about how the comment came, as if one did not depend on the other. Without such a
 * sign, or without a score, it has no opinion.
 */
final class Doubt implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    int threshold = facts.settings().checks().doubtToHold();
    Oddities odd = Oddities.of(submission, facts);
    if (threshold == 0 || odd.isEmpty()) return Optional.empty();
    Optional<Score> high =
        facts.score().filter(score -> odd.together(score.spam()) * 1000 >= threshold);
    return high.flatMap(score -> Rule.hold(Reason.DOUBT, odd.named()));
  }
}
