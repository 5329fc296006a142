package afterword.rules;

import afterword.model.Status;
import afterword.model.Submission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One check. Empty: no opinion. */
interface Rule {
  Optional<Verdict> check(Submission submission, Facts facts);

  static Optional<Verdict> hold(Reason reason) {
    return Optional.of(new Verdict.Hold(Set.of(reason)));
  }

  /**
   * @param found the word, link or name that it is about
   */
  static Optional<Verdict> hold(Reason reason, String found) {
    return Optional.of(new Verdict.Hold(Set.of(reason), Map.of(reason, found)));
  }

  static Optional<Verdict> publish(Reason reason) {
    return Optional.of(new Verdict.Publish(Set.of(reason)));
  }

  static Optional<Verdict> refuse(Reason reason) {
    return Optional.of(new Verdict.Refuse(reason));
  }

  static Optional<Verdict> swallow(Reason reason, Status status) {
    return Optional.of(new Verdict.Swallow(reason, status));
  }
}
