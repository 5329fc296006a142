package afterword.notice;

import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.PublicId;
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
            .filter(one -> opens(keys, one, tokenHash))
            .findFirst()
            .orElseThrow();
    return new Receipt(id, token);
  }

  static byte[] tokenHash(Keys keys, int site, String idempotencyKey) {
    String token = keys.token(Purpose.NOTICE, Integer.toString(site), idempotencyKey);
    return keys.hash(Purpose.NOTICE_HASH, token);
  }

  static boolean opens(Keys keys, String token, byte[] tokenHash) {
    return keys.hashes(Purpose.NOTICE_HASH, token).contain(tokenHash);
  }
}
