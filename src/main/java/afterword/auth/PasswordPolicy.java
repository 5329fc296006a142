package afterword.auth;

import afterword.model.FieldError;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * What a moderator's password must be: long and not a repetition or one's own name. No rules about
 * digits and signs, which make people choose worse ones (NIST SP 800-63B, 5.1.1.2).
 */
final class PasswordPolicy {
  static final int LEAST = 12;
  static final int MOST = 200;
  private static final int DIFFERENT = 5;

  /** Letters and digits that cannot be taken for one another; 32, so that each is worth 5 bits. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private PasswordPolicy() {}

  /** What is wrong with the password, if anything. */
  static Optional<FieldError> check(String pointer, String password, String email) {
    int length = password.codePointCount(0, password.length());
    if (length < LEAST) {
      return wrong(pointer, "too-short", "Choose a password of at least " + LEAST + " characters.");
    }
    if (length > MOST) {
      return wrong(pointer, "too-long", "Choose a password of at most " + MOST + " characters.");
    }
    if (password.codePoints().distinct().count() < DIFFERENT || isRun(password)) {
      return wrong(
          pointer,
          "too-simple",
          "Choose a password that is not one repetition or row of characters.");
    }
    String person = email.toLowerCase(Locale.ROOT).split("@")[0];
    if (password.toLowerCase(Locale.ROOT).replace(person, "").length() < LEAST - 4) {
      return wrong(
          pointer, "too-simple", "Choose a password that is not made of your e-mail address.");
    }
    return Optional.empty();
  }

  /** A hundred random bits in four groups that can be read out and typed. */
  static String generate(SecureRandom random) {
    var password = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      if (i > 0 && i % 5 == 0) password.append('-');
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  /** "abcdefghijkl", "123456789012", "987654321098". */
  private static boolean isRun(String password) {
    int[] points = password.codePoints().toArray();
    int steps = 0;
    for (int i = 1; i < points.length; i++) {
      if (Math.abs(points[i] - points[i - 1]) == 1) steps++;
    }
    return steps >= points.length - 3;
  }

  private static Optional<FieldError> wrong(String pointer, String code, String detail) {
    return Optional.of(new FieldError(pointer, code, detail));
  }
}
