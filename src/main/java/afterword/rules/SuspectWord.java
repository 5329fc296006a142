package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Holds a text with one of the words that the site is wary of. */
final class SuspectWord implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return facts
        .lists()
        .suspect()
        .firstIn(facts.text())
        .flatMap(word -> Rule.hold(Reason.SUSPECT_WORD, word));
  }
}
