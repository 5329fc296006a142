package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Holds a text with one of the site's blocked words, whoever writes it. */
final class BlockedWord implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return facts
        .lists()
        .blocked()
        .firstIn(facts.text())
        .flatMap(word -> Rule.hold(Reason.BLOCKED_WORD, word));
  }
}
