package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Holds a comment with more links than the site allows. */
final class TooManyLinks implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return facts.links() > facts.settings().maxLinks()
        ? Rule.hold(Reason.TOO_MANY_LINKS, facts.linkHosts().get(facts.linkHosts().size() - 1))
        : Optional.empty();
  }
}
