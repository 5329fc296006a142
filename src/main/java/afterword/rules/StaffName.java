package afterword.rules;

import afterword.model.Submission;
import java.util.Optional;

/** Refuses or holds a name that readers would take for somebody on the site's staff. */
final class StaffName implements Rule {
  @Override
  public Optional<Verdict> check(Submission submission, Facts facts) {
    if (!facts.author().staffName()) return Optional.empty();
    return facts.settings().checks().refuseStaffNames()
        ? Rule.refuse(Reason.STAFF_NAME)
        : Rule.hold(Reason.STAFF_NAME);
  }
}
