package afterword.rules;

import afterword.model.Status;
import java.util.Map;
import java.util.Set;

/** What the rules say of a submission. */
public sealed interface Verdict {
  Set<Reason> reasons();

  record Publish(Set<Reason> reasons) implements Verdict {}

  /**
   * @param found what a reason is about: the word, the link; not every reason is about something
   */
  record Hold(Set<Reason> reasons, Map<Reason, String> found) implements Verdict {
    Hold(Set<Reason> reasons) {
      this(reasons, Map.of());
    }
  }

  /** Refused with a problem that says why; nothing is stored. */
  record Refuse(Reason reason) implements Verdict {
    @Override
    public Set<Reason> reasons() {
      return Set.of(reason);
    }
  }

  /** Stored under that status, answered as if it were held: the sender must not learn it. */
  record Swallow(Reason reason, Status status) implements Verdict {
    @Override
    public Set<Reason> reasons() {
      return Set.of(reason);
    }
  }
}
