package afterword.auth;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes that change with the time (RFC 6238), as every authenticator app makes them: SHA-1, six
 * digits, 30 s. A clock may be one step off; no code is taken twice.
 */
final class Totp {
  private static final int SECRET_BYTES = 20;
  private static final long TOLERATED_STEPS = 1;
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final Duration STEP = TimeBasedOneTimePasswordGenerator.DEFAULT_TIME_STEP;
  private static final TimeBasedOneTimePasswordGenerator CODES =
      new TimeBasedOneTimePasswordGenerator();

  private Totp() {}

  static byte[] newSecret(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return secret;
  }

  static String code(byte[] secret, Instant at) {
    try {
      return CODES.generateOneTimePasswordString(new SecretKeySpec(secret, "HmacSHA1"), at);
    } catch (InvalidKeyException everyByteArrayFits) {
      throw new IllegalStateException(everyByteArrayFits);
    }
  }

  /**
   * The time step the code belongs to, to be remembered; empty where it is wrong, or of a step that
   * is not after the last one taken.
   */
  static Optional<Long> step(byte[] secret, String code, Instant now, long lastStep) {
    long present = now.getEpochSecond() / STEP.toSeconds();
    for (long step = present - TOLERATED_STEPS; step <= present + TOLERATED_STEPS; step++) {
      String expected = code(secret, Instant.ofEpochSecond(step * STEP.toSeconds()));
      if (step > lastStep && afterword.keys.Keys.same(expected, code)) return Optional.of(step);
    }
    return Optional.empty();
  }

  /** As people type it where they cannot scan it. */
  static String spelled(byte[] secret) {
    var text = new StringBuilder();
    int bits = 0;
    int pending = 0;
    for (byte one : secret) {
      bits = bits << 8 | one & 0xff;
      for (pending += 8; pending >= 5; pending -= 5)
        text.append(BASE32.charAt(bits >> pending - 5 & 31));
    }
    return text.toString();
  }

  /** What authenticator apps read from a QR code. */
  static String uri(byte[] secret, String installation, String email) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s"
        .formatted(escaped(installation), escaped(email), spelled(secret), escaped(installation));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
