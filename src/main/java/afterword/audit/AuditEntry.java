package afterword.audit;

import afterword.model.Status;
import java.time.Instant;

/**
 * One change: who did what to which object.
 *
 * @param siteId 0 for what belongs to the whole installation
 * @param actor such as "moderator:7", "author", "rules"
 * @param action one of {@link Actions#ALL}, such as "approve", "sign-in"
 * @param object such as "comment:12", "moderator:7"
 * @param version of the object after the change, or null
 * @param before status before the change, or null
 * @param after status after the change, or null
 * @param reason a code or what a moderator chose, or null; never text of a comment
 * @param textHash of the comment's text as decided on, or null
 */
public record AuditEntry(
    int siteId,
    Instant at,
    String actor,
    String action,
    String object,
    Integer version,
    Status before,
    Status after,
    String reason,
    byte[] textHash) {

  public AuditEntry {
    if (!Actions.ALL.contains(action))
      throw new IllegalArgumentException("Actions.ALL does not know \"" + action + "\".");
  }

  public AuditEntry(int siteId, Instant at, String actor, String action, String object) {
    this(siteId, at, actor, action, object, null, null, null, null, null);
  }

  public AuditEntry because(String reason) {
    return new AuditEntry(
        siteId, at, actor, action, object, version, before, after, reason, textHash);
  }
}
