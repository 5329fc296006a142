package afterword.auth;

import java.math.BigInteger;

/** Reads a secret as an authenticator app does (RFC 4648, section 6), by another way than ours. */
final class Base32 {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Base32() {}

  static byte[] decoded(String text) {
    BigInteger number = BigInteger.ONE;
    for (char letter : text.toCharArray())
      number = number.shiftLeft(5).or(BigInteger.valueOf(LETTERS.indexOf(letter)));
    byte[] withOne = number.toByteArray();
    return java.util.Arrays.copyOfRange(withOne, 1, withOne.length);
  }
}
