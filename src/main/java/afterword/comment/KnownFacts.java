package afterword.comment;

import afterword.model.PagePolicy;
import afterword.model.Status;
import afterword.rules.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one round trip found out about a post. Ids of rows that are not there yet are new ones.
 *
 * @param articleAt when the page's article was published, or when the page was first seen
 * @param author without what the name looks like, which {@link Judgement} finds out
 * @param staff names of those who moderate the site
 * @param storedKey the idempotency key's answer, where the key is not older than a day
 * @param keyExpired whether the key is there, but older
 * @param nudged whether the sender has been told already, under this key
 */
record KnownFacts(
    long commentId,
    long pageId,
    boolean pageKnown,
    PagePolicy.Own page,
    Optional<Instant> articleAt,
    long commenterId,
    boolean commenterKnown,
    Facts.Author author,
    List<String> staff,
    Facts.Repeats repeats,
    Facts.Manner manner,
    Optional<Parent> parent,
    Optional<StoredKey> storedKey,
    boolean keyExpired,
    boolean nudged) {

  /**
   * The comment that is replied to.
   *
   * @param locked whether it, or what it stands under, takes no answers any more
   */
  record Parent(long id, long pageId, long rootId, int depth, Status status, boolean locked) {}

  /** An idempotency key that has been used. */
  record StoredKey(long commentId, int answer, byte[] requestHash) {}
}
