package afterword.comment;

import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.markup.PlainText;
import afterword.model.Site;
import java.lang.Character.UnicodeScript;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Six fingerprints of a text, of which texts that differ in few words share most: the least hashes
 * of its pairs of words, two in each print (Broder, 1997). Quoted lines do not count, and short
 * texts have none: many people say thank you.
 */
final class NearPrints {
  static final int PRINTS = 6;

  /** So many prints in common make two texts nearly the same. */
  static final int ENOUGH = 2;

  private static final int ROWS = 2;
  private static final int LEAST_WORDS = 8;

  private NearPrints() {}

  static Long[] of(Keys keys, Site site, String source) {
    List<String> words = words(ownWords(source));
    if (words.size() < LEAST_WORDS) return new Long[0];
    byte[] seed = keys.hash(Purpose.DISTINCT, "near", Integer.toString(site.id()));
    return prints(words, ByteBuffer.wrap(seed).getLong());
  }

  private static String ownWords(String source) {
    String own =
        source.lines().filter(line -> !line.startsWith(">")).collect(Collectors.joining("\n"));
    return PlainText.fingerprintText(own);
  }

  private static Long[] prints(List<String> words, long seed) {
    long[] least = new long[PRINTS * ROWS];
    Arrays.fill(least, Long.MAX_VALUE);
    for (int i = 0; i + 1 < words.size(); i++) {
      long pair = mixed(hash(words.get(i), seed) * 31 + hash(words.get(i + 1), seed));
      for (int n = 0; n < least.length; n++) {
        least[n] = Math.min(least[n], mixed(pair + (n + 1) * 0x9E3779B97F4A7C15L));
      }
    }
    var prints = new Long[PRINTS];
    for (int n = 0; n < PRINTS; n++) {
      prints[n] = mixed(least[n * ROWS] + mixed(least[n * ROWS + 1] + n));
    }
    return prints;
  }

  /** Runs of letters and digits; in scripts without spaces each sign is one. */
  static List<String> words(String text) {
    var words = new ArrayList<String>();
    int start = -1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean alone = Character.isIdeographic(c) || isKana(c);
      boolean inWord = Character.isLetterOrDigit(c) && !alone;
      if (inWord && start < 0) start = i;
      if (!inWord && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      }
      if (alone) words.add(text.substring(i, next));
      i = next;
    }
    if (start >= 0) words.add(text.substring(start));
    return words;
  }

  private static boolean isKana(int c) {
    UnicodeScript script = UnicodeScript.of(c);
    return script == UnicodeScript.HIRAGANA
        || script == UnicodeScript.KATAKANA
        || script == UnicodeScript.THAI;
  }

  private static long hash(String word, long seed) {
    long hash = seed;
    for (int i = 0; i < word.length(); i++) hash = (hash ^ word.charAt(i)) * 0x100000001B3L;
    return mixed(hash);
  }

  /** Spreads every bit over all others (the finaliser of SplitMix64). */
  private static long mixed(long x) {
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
