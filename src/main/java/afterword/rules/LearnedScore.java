package afterword.rules;

import afterword.model.Score;
import afterword.model.Submission;
import java.util.Optional;

/** Holds what resembles the spam of the past too much. It never refuses and never deletes. */
final class LearnedScore implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    int threshold = facts.settings().checks().scoreToHold();
    Optional<Score> high =
        facts.score().filter(score -> threshold > 0 && score.thousandths() >= threshold);
    return high.flatMap(
        score -> Rule.hold(Reason.LEARNED_SCORE, String.join(", ", score.because())));
  }
}
