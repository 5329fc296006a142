package afterword.notice;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A decision with its statement of reasons, where it has one, as seen by one who may appeal against
 * it: a notice's sender or the comment's author.
 *
 * @param action such as "reject", "approve"
 * @param statement empty where none was given, or to others only
 * @param appealedAt by this one
 * @param answered whether that appeal has been decided on
 * @param answers whether this decision is the answer to an appeal of this one
 * @param changes whether it made a difference to the comment
 */
public record Reasoned(
    long decision,
    String action,
    Instant at,
    Optional<Statement> statement,
    Optional<Instant> appealUntil,
    Optional<Instant> appealedAt,
    boolean answered,
    boolean answers,
    boolean changes) {

  /**
   * Once against a decision, while there is time; the answer to an appeal is final for its sender.
   */
  public boolean mayBeAppealed(Instant now) {
    return appealedAt.isEmpty() && !answers && appealUntil.filter(now::isBefore).isPresent();
  }

  boolean removes() {
    return action.equals("reject") || action.equals("spam") || action.equals("delete");
  }

  /** Where the comment was gone before, nothing has been decided. */
  boolean isGone() {
    return statement.filter(said -> said.ground() == Statement.Ground.GONE).isPresent();
  }

  /** Whether it is told to the comment's author, who may appeal: why it was taken down. */
  boolean tellsAuthor() {
    return removes() && statement.isPresent() && !isGone();
  }

  /** With reasons. For the comment's author, to whom spam is rejected like everything else. */
  public JsonObject json(Instant now) {
    Statement said = statement.orElseThrow();
    return new JsonObject()
        .put("at", at.toString())
        .put("action", action.equals("spam") ? "reject" : action)
        .put("facts", said.facts())
        .put("ground", said.ground().word())
        .put("reference", said.reference().orElse(null))
        .put("automated", said.automated())
        .put("appealUntil", mayBeAppealed(now) ? appealUntil.get().toString() : null)
        .put("appealedAt", appealedAt.map(Instant::toString).orElse(null));
  }
}
