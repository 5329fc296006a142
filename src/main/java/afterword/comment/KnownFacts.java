package afterword.comment;

import afterword.model.Mode;
import afterword.model.Status;
import afterword.rules.Facts;
import java.util.Optional;

/**
 * What one round trip found out about a post. Ids of rows that are not there yet are new ones.
 *
 * @param storedKey the idempotency key's answer, where the key is not older than a day
 * @param keyExpired whether the key is there, but older
 */
record KnownFacts(
    long commentId,
    long pageId,
    boolean pageKnown,
    boolean pageOpen,
    Optional<Mode> pageMode,
    long commenterId,
    boolean commenterKnown,
    int approved,
    Facts.Ban ban,
    boolean duplicate,
    Optional<Parent> parent,
    Optional<StoredKey> storedKey,
    boolean keyExpired) {

  /** The comment that is replied to. */
  record Parent(long id, long pageId, long rootId, int depth, Status status) {}

  /** An idempotency key that has been used. */
  record StoredKey(long commentId, int answer, byte[] requestHash) {}
}
