package afterword.comment;

import afterword.model.PublicId;
import afterword.model.Status;
import java.time.Instant;
import java.util.Optional;

/**
 * A comment as stored, as far as its author may see it.
 *
 * @param decided whether a moderator has had a say
 */
public record CommentRow(
    PublicId id,
    Optional<PublicId> parentId,
    PublicId rootId,
    int depth,
    boolean pinned,
    Optional<PublicId> authorId,
    String name,
    Optional<String> url,
    Optional<String> badge,
    String source,
    String html,
    Status status,
    Instant createdAt,
    Optional<Instant> editedAt,
    int version,
    byte[] ownerTokenHash,
    boolean decided,
    long score) {

  /** Whether its author is told that it is not public and will not be. */
  boolean down() {
    Status shown = statusForAuthor();
    return shown == Status.REJECTED || shown == Status.DELETED;
  }

  /**
   * What was swallowed looks as if it waited, and spam as if it were rejected: no lessons for
   * spammers.
   */
  public Status statusForAuthor() {
    boolean turnedDown = status == Status.SPAM || status == Status.REJECTED;
    if (!turnedDown) return status;
    return decided ? Status.REJECTED : Status.PENDING;
  }
}
