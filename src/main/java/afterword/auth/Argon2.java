package afterword.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id in the PHC string format, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}, with the
 * memory and time that OWASP asks for. Takes tens of milliseconds: never on an event loop.
 */
final class Argon2 {
  private static final int KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;

  /** More than this in a stored hash is not ours; it must not decide how much memory we take. */
  private static final int MOST_KIB = 256 * 1024;

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private Argon2() {}

  static String hash(String password, byte[] salt) {
    // Digits as they are everywhere, not as the operator's language writes them.
    return String.format(
        Locale.ROOT,
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s",
        KIB,
        PASSES,
        LANES,
        text(salt),
        text(derive(password, salt, KIB, PASSES, LANES, HASH_BYTES)));
  }

  /** False also where the stored text is not an Argon2id hash within bounds. */
  static boolean matches(String password, String stored) {
    Matcher phc = PHC.matcher(stored);
    if (!phc.matches()) return false;
    int kib = Integer.parseInt(phc.group(1));
    int passes = Integer.parseInt(phc.group(2));
    int lanes = Integer.parseInt(phc.group(3));
    if (kib < 8 * lanes || kib > MOST_KIB || passes < 1 || lanes < 1) return false;
    byte[] expected = Base64.getDecoder().decode(phc.group(5));
    byte[] salt = Base64.getDecoder().decode(phc.group(4));
    return MessageDigest.isEqual(
        expected, derive(password, salt, kib, passes, lanes, expected.length));
  }

  private static byte[] derive(
      String password, byte[] salt, int kib, int passes, int lanes, int length) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(kib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    // One password, however the keyboard composes its letters (NIST SP 800-63B, 5.1.1.2).
    generator.generateBytes(
        Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(UTF_8), hash);
    return hash;
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
