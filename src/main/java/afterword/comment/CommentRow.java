package afterword.comment;

import afterword.model.PublicId;
import afterword.model.Status;
import java.time.Instant;
import java.util.Optional;

/** A comment as stored, as far as its author may see it. */
record CommentRow(
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
    boolean decided) {

  /** What the sender of a swallowed comment sees: nothing has been decided yet. */
  Status statusForAuthor() {
    return !decided && (status == Status.SPAM || status == Status.REJECTED) ? Status.PENDING : status;
  }
}
