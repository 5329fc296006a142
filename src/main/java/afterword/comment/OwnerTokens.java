package afterword.comment;

import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.PublicId;

/**
 * Proves "this is mine" without an account: derived from the comment and the idempotency key it was
 * posted with, so that a repeat gives the same token although only its hash is stored.
 */
final class OwnerTokens {
  private final Keys keys;

  OwnerTokens(Keys keys) {
    this.keys = keys;
  }

  String of(PublicId comment, String idempotencyKey) {
    return keys.token(Purpose.OWNER_TOKEN, comment.toString(), idempotencyKey);
  }

  /** The one that was given for a comment that is stored already. */
  String again(CommentRow comment, String idempotencyKey) {
    return keys.tokens(Purpose.OWNER_TOKEN, comment.id().toString(), idempotencyKey).stream()
        .filter(token -> owns(token, comment))
        .findFirst()
        .orElseGet(() -> of(comment.id(), idempotencyKey));
  }

  byte[] hash(PublicId comment, String token) {
    return keys.hash(Purpose.OWNER_TOKEN_HASH, comment.toString(), token);
  }

  boolean owns(String token, CommentRow comment) {
    return keys.hashes(Purpose.OWNER_TOKEN_HASH, comment.id().toString(), token)
        .contain(comment.ownerTokenHash());
  }
}
