package afterword.notice;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A decision with its statement of reasons, as seen by one who may appeal against it: a notice's
 * sender or the comment's author.
 *
 * @param action such as "reject", "approve"
 * @param appealedAt by this one
 * @param answered whether that appeal has been decided on
 * @param answers whether this decision is the answer to an appeal of this one
 */
public record Reasoned(
    long decision,
    String action,
    Instant at,
    Statement statement,
    Instant appealUntil,
    Optional<Instant> appealedAt,
    boolean answered,
    boolean answers) {

  /**
   * Once against a decision, while there is time; the answer to an appeal is final for its sender.
   */
  public boolean mayBeAppealed(Instant now) {
    return appealedAt.isEmpty() && !answers && now.isBefore(appealUntil);
  }

  boolean removes() {
    return action.equals("reject") || action.equals("spam") || action.equals("delete");
  }

  /** For the comment's author, to whom spam is rejected like everything else. */
  public JsonObject json(Instant now) {
    return new JsonObject()
        .put("at", at.toString())
        .put("action", action.equals("spam") ? "reject" : action)
        .put("facts", statement.facts())
        .put("ground", statement.ground().word())
        .put("reference", statement.reference().orElse(null))
        .put("automated", statement.automated())
        .put("appealUntil", mayBeAppealed(now) ? appealUntil.toString() : null)
        .put("appealedAt", appealedAt.map(Instant::toString).orElse(null));
  }
}
