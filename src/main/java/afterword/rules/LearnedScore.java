package afterword.rules;

import afterword.model.Score;
import afterword.model.Submission;
import java.util.Optional;

/**
 * Holds what resembles the spam of the past too much. It never refuses and never deletes. Who has
 * been published before is believed more: the odds are a quarter of what the words alone say.
 */
final class LearnedScore implements Rule {
  /** How many times rarer spam is among those who were published before, estimated with care. */
  private static final int RARER = 4;

  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    int threshold = facts.settings().checks().scoreToHold();
    Optional<Score> high =
        facts
            .score()
            .filter(score -> threshold > 0 && thousandths(score, facts.author()) >= threshold);
    return high.flatMap(
        score -> Rule.hold(Reason.LEARNED_SCORE, String.join(", ", score.because())));
  }

  private static long thousandths(Score score, Facts.Author author) {
    if (author.approved() == 0) return score.thousandths();
    return Math.round(1000 * score.spam() / (score.spam() + RARER * (1 - score.spam())));
  }
}
