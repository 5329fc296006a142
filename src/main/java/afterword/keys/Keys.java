package afterword.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 with a key per purpose, derived from the installation's secret: what is known of one
 * purpose says nothing about another. Each part is preceded by its length, so ("ab", "c") and ("a",
 * "bc") differ.
 */
public final class Keys {
  /** Names are part of the derivation: renaming one changes all its hashes. */
  public enum Purpose {
    COMMENTER,
    ADDRESS,
    RANGE,
    OWNER_TOKEN,
    OWNER_TOKEN_HASH,
    IDEMPOTENCY,
    REQUEST,
    SESSION,
    CSRF,
    ACCESS_TOKEN,
    CURSOR,
    STAMP,
    DISTINCT,
    SEAL,
    RECOVERY_CODE,
    CHALLENGE,
    PASSKEY_USER,
    INVITATION
  }

  private static final String ALGORITHM = "HmacSHA256";

  private final Map<Purpose, SecretKeySpec> purposeToKey = new EnumMap<>(Purpose.class);

  public Keys(String secret) {
    if (secret.isBlank()) throw new IllegalArgumentException("the secret is empty");
    var root = new SecretKeySpec(bytes(secret), ALGORITHM);
    for (Purpose purpose : Purpose.values()) {
      byte[] derived = mac(root, new byte[][] {bytes("afterword-1"), bytes(purpose.name())});
      purposeToKey.put(purpose, new SecretKeySpec(derived, ALGORITHM));
    }
  }

  /** 32 bytes. */
  public byte[] hash(Purpose purpose, byte[]... parts) {
    return mac(purposeToKey.get(purpose), parts);
  }

  public byte[] hash(Purpose purpose, String... parts) {
    return hash(purpose, Arrays.stream(parts).map(Keys::bytes).toArray(byte[][]::new));
  }

  /** 43 characters of base64url. */
  public String token(Purpose purpose, byte[]... parts) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash(purpose, parts));
  }

  public String token(Purpose purpose, String... parts) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash(purpose, parts));
  }

  /** Takes as long whether or not they differ early. */
  public static boolean same(byte[] a, byte[] b) {
    return MessageDigest.isEqual(a, b);
  }

  public static boolean same(String a, String b) {
    return same(bytes(a), bytes(b));
  }

  /**
   * Stored beside hashes of addresses, so that they can be told apart once the secret has changed.
   */
  public short addressKeyId() {
    return (short) (ByteBuffer.wrap(hash(Purpose.ADDRESS, "key id")).getShort() & 0x7fff);
  }

  private static byte[] mac(SecretKeySpec key, byte[][] parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(ByteBuffer.allocate(4).putInt(part.length).flip());
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
