package afterword.notice;

import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.PublicId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * What the sender of a notice is given: its number, and the secret that leads back to it.
 *
 * @param id of the notice
 */
record Receipt(PublicId id, String token) {
  private static final String PREFIX = "n";

  /** For people, and in addresses. */
  String number() {
    return number(id);
  }

  static String number(PublicId id) {
    return PREFIX + id;
  }

  static Optional<PublicId> idOf(String number) {
    return number.startsWith(PREFIX) ? PublicId.parse(number.substring(1)) : Optional.empty();
  }

  /** The same again for the same key, although only its hash is stored. */
  static Receipt of(PublicId id, Keys keys, String idempotencyKey, byte[] tokenHash) {
    String token =
        keys.tokens(Purpose.NOTICE, Integer.toString(id.site()), idempotencyKey).stream()
            .filter(one -> opens(one, tokenHash))
            .findFirst()
            .orElseThrow();
    return new Receipt(id, token);
  }

  static byte[] tokenHash(Keys keys, int site, String idempotencyKey) {
    return sha256(keys.token(Purpose.NOTICE, Integer.toString(site), idempotencyKey));
  }

  static boolean opens(String token, byte[] tokenHash) {
    return Keys.same(sha256(token), tokenHash);
  }

  /**
   * Without a key, as nobody guesses 256 bits: it opens after the secret has been exchanged too.
   */
  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
