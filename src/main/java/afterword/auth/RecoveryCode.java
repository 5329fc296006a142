package afterword.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is kept on paper for the day an authenticator app is lost: a hundred random bits, so many
 * that a plain hash of them tells nothing, and paper outlives every change of the installation's
 * secret.
 */
final class RecoveryCode {
  private RecoveryCode() {}

  static String generate(SecureRandom random) {
    return PasswordPolicy.generate(random);
  }

  /** However it is typed. */
  static String bare(String typed) {
    return typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
  }

  static byte[] hash(long moderator, String code) {
    String hashed = "afterword recovery code " + moderator + " " + bare(code);
    try {
      return MessageDigest.getInstance("SHA-256").digest(hashed.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** As it may be stored: the first codes were shorter, and hashed under the secret. */
  static List<byte[]> hashes(Keys keys, long moderator, String code) {
    var former = keys.hashes(Purpose.RECOVERY_CODE, Long.toString(moderator), bare(code));
    var hashes = new ArrayList<>(former.former());
    hashes.add(former.newest());
    hashes.add(hash(moderator, code));
    return hashes;
  }
}
