package afterword.spam;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/**
 * The normal form of words: width, case and invisible characters do not count, nor a letter's third
 * repetition.
 */
final class Fold {
  private Fold() {}

  static String of(String text) {
    String compatible = isAscii(text) ? text : Normalizer.normalize(text, Form.NFKC);
    return shortened(compatible.toLowerCase(Locale.ROOT));
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) if (text.charAt(i) >= 0x80) return false;
    return true;
  }

  private static String shortened(String text) {
    var folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int length = folded.length();
      boolean third =
          length >= 2 && folded.charAt(length - 1) == c && folded.charAt(length - 2) == c;
      if (third && Character.isLetter(c)) continue;
      if (Character.getType(c) != Character.FORMAT) folded.append(c);
    }
    return folded.toString();
  }
}
