package afterword.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 with a key per purpose, derived from the installation's secret: what is known of one
 * purpose says nothing about another. Each part is preceded by its length, so ("ab", "c") and ("a",
 * "bc") differ.
 *
 * <p>Several secrets may be kept, one a line: the first signs, all are accepted. They may be
 * exchanged while others use this.
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
    INVITATION,
    PROOF_OF_WORK,
    NOTICE
  }

  private static final String ALGORITHM = "HmacSHA256";

  /** One map for each secret, the newest first. */
  private volatile List<Map<Purpose, SecretKeySpec>> secrets;

  public Keys(String secrets) {
    use(secrets);
  }

  /** From now on. */
  public final void use(String text) {
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.isEmpty()) throw new IllegalArgumentException("the secret is empty");
    secrets = lines.stream().map(Keys::derived).toList();
  }

  /** How many secrets are accepted. */
  public int kept() {
    return secrets.size();
  }

  private static Map<Purpose, SecretKeySpec> derived(String secret) {
    var purposeToKey = new EnumMap<Purpose, SecretKeySpec>(Purpose.class);
    var root = new SecretKeySpec(bytes(secret), ALGORITHM);
    for (Purpose purpose : Purpose.values()) {
      byte[] derived = mac(root, new byte[][] {bytes("afterword-1"), bytes(purpose.name())});
      purposeToKey.put(purpose, new SecretKeySpec(derived, ALGORITHM));
    }
    return purposeToKey;
  }

  /** 32 bytes. */
  public byte[] hash(Purpose purpose, byte[]... parts) {
    return mac(secrets.get(0).get(purpose), parts);
  }

  /** For what may have been hashed under a former secret. */
  public Hashes hashes(Purpose purpose, byte[]... parts) {
    List<byte[]> all = secrets.stream().map(keys -> mac(keys.get(purpose), parts)).toList();
    return new Hashes(all.get(0), all.subList(1, all.size()));
  }

  public Hashes hashes(Purpose purpose, String... parts) {
    return hashes(purpose, bytes(parts));
  }

  public byte[] hash(Purpose purpose, String... parts) {
    return hash(purpose, bytes(parts));
  }

  /** 43 characters of base64url. */
  public String token(Purpose purpose, String... parts) {
    return text(hash(purpose, parts));
  }

  /** Under every secret that is kept, the newest first. */
  public List<String> tokens(Purpose purpose, String... parts) {
    return secrets.stream().map(keys -> text(mac(keys.get(purpose), bytes(parts)))).toList();
  }

  /** Whether it is {@link #token} under any secret that is kept. */
  public boolean signed(String token, Purpose purpose, String... parts) {
    boolean found = false;
    for (String one : tokens(purpose, parts)) found |= same(one, token);
    return found;
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

  private static String text(byte[] hash) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private static byte[][] bytes(String[] parts) {
    return Arrays.stream(parts).map(Keys::bytes).toArray(byte[][]::new);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
