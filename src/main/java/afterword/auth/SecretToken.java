package afterword.auth;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Tokens that cannot be guessed: 256 random bits in base64url. Who has one shows it; we keep its
 * hash.
 */
final class SecretToken {
  /** Marks an access token, so that a scanner of repositories and logs can find a lost one. */
  static final String ACCESS_PREFIX = "afterword_";

  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private SecretToken() {}

  static String generate(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static boolean isWellFormed(String token) {
    return FORM.matcher(token).matches();
  }
}
