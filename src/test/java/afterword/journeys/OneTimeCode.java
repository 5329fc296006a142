package afterword.journeys;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;

/** What an authenticator app shows right now, from the secret typed into it. */
public final class OneTimeCode {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private OneTimeCode() {}

  public static String of(String secret) {
    return of(secret, Instant.now());
  }

  public static String of(String secret, Instant at) {
    BigInteger number = BigInteger.ONE;
    for (char letter : secret.toCharArray())
      number = number.shiftLeft(5).or(BigInteger.valueOf(LETTERS.indexOf(letter)));
    byte[] withOne = number.toByteArray();
    var key = new SecretKeySpec(Arrays.copyOfRange(withOne, 1, withOne.length), "HmacSHA1");
    try {
      return new TimeBasedOneTimePasswordGenerator().generateOneTimePasswordString(key, at);
    } catch (InvalidKeyException everyKeyFits) {
      throw new AssertionError(everyKeyFits);
    }
  }
}
