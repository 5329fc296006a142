package afterword.rules;

import afterword.model.Status;
import java.util.Set;

/** What the rules say of a submission. */
public sealed interface Verdict {
  Set<Reason> reasons();

  record Publish(Set<Reason> reasons) implements Verdict {}

  record Hold(Set<Reason> reasons) implements Verdict {}

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
