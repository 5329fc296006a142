package afterword.comment;

import afterword.rules.Reason;
import afterword.rules.Verdict;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A verdict as it is stored.
 *
 * @param shadow for what checks in shadow would have held it
 * @param notes what was found, for moderators and for judging again; see {@link Notes}
 */
record Judged(Verdict verdict, Set<Reason> shadow, JsonObject notes) {
  /** The learned one, from 0 to 1; 0 where there is none. */
  double score() {
    return notes.getDouble("score", 0.0);
  }

  /** The same, but it waits: there was a proof to ask for, and nobody who could give it. */
  Judged unproven() {
    Set<Reason> reasons = EnumSet.of(Reason.UNPROVEN);
    Map<Reason, String> found = Map.of();
    if (verdict instanceof Verdict.Hold hold) {
      reasons.addAll(hold.reasons());
      found = hold.found();
    } else if (!(verdict instanceof Verdict.Publish)) {
      return this;
    }
    return new Judged(new Verdict.Hold(reasons, found), shadow, notes);
  }

  /** Null where no check in shadow had an opinion. */
  String[] shadowCodes() {
    return shadow.isEmpty() ? null : shadow.stream().map(Reason::code).toArray(String[]::new);
  }
}
