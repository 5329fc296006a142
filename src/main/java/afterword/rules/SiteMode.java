package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** What happens when no other rule decides: the mode of the page or site. */
final class SiteMode implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    return switch (facts.page().mode()) {
      case OPEN -> Rule.publish(Reason.OPEN);
      case TRUSTED -> Rule.hold(Reason.SITE_HOLDS_NEWCOMERS);
      case ALL -> Rule.hold(Reason.SITE_HOLDS_ALL);
    };
  }
}
