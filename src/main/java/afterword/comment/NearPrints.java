package afterword.comment;

import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.markup.PlainText;
import afterword.model.Site;
import java.lang.Character.UnicodeScript;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fingerprints of a text: the least hashes of its runs of words (Broder, 1997, on resemblance and
 * containment). Texts that differ in few words share most of their eight least; a text that holds
 * another one has most of that one's eight among its own least thirty-two. Quoted lines,
 * quotations, addresses and words with digits do not count, and short texts have none: many people
 * say thank you.
 */
final class NearPrints {
  /** So many are kept of each text. */
  static final int KEPT = 8;

  /** So many are looked for where a text may hold another one. */
  static final int LOOKED_FOR = 32;

  /** So many prints in common make two texts nearly the same. */
  static final int ENOUGH = 5;

  /** So many of those kept of a text make one that holds them a copy, with noise. */
  static final int ENOUGH_FOR_A_COPY = 5;

  /** Texts of fewer words, numbers among them, have none; of fewer than twice as many signs. */
  private static final int LEAST_WORDS = 8;

  /** Texts of fewer words are not even the same. */
  private static final int LEAST_OF_SHORT = 3;

  private static final int RUN = 3;

  /** In scripts without spaces, where each sign is a word. */
  private static final int RUN_OF_SIGNS = 5;

  private static final Pattern QUOTATION =
      Pattern.compile(
          "[\"\u201c\u201e\u201d\u00ab\u300c][^\"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d]{20,}+[\"\u201c\u201d\u00bb\u300d]");

  private static final Pattern ADDRESS = Pattern.compile("(?i)(?:https?://|www\\.)\\S++");

  private NearPrints() {}

  /** What is kept of a text, the least first. */
  static Long[] of(Keys keys, Site site, String source) {
    return least(keys, site, words(ownWords(source)), KEPT);
  }

  /** What is looked for; the first ones are those that are kept. */
  static Long[] lookedFor(Keys keys, Site site, String source) {
    return least(keys, site, words(ownWords(source)), LOOKED_FOR);
  }

  private static String ownWords(String source) {
    String own =
        source.lines().filter(line -> !line.startsWith(">")).collect(Collectors.joining("\n"));
    String unquoted = QUOTATION.matcher(own).replaceAll(" ");
    return PlainText.fingerprintText(ADDRESS.matcher(unquoted).replaceAll(" "));
  }

  /** The one of a text that is too short for others; many say the same, and it holds nobody. */
  static Long[] ofShort(Keys keys, Site site, String source) {
    List<String> all = words(ownWords(source));
    List<String> words = withoutNumbers(all);
    if (length(all) >= LEAST_WORDS || words.size() < LEAST_OF_SHORT) return new Long[0];
    long seed = seed(keys, site);
    return new Long[] {run(words, ~seed)};
  }

  private static Long[] least(Keys keys, Site site, List<String> words, int most) {
    if (length(words) < LEAST_WORDS) return new Long[0];
    SortedSet<Long> runs = runs(withoutNumbers(words), seed(keys, site));
    return runs.stream().limit(most).toArray(Long[]::new);
  }

  private static long seed(Keys keys, Site site) {
    byte[] seed = keys.hash(Purpose.DISTINCT, "near", Integer.toString(site.id()));
    return ByteBuffer.wrap(seed).getLong();
  }

  private static double length(List<String> words) {
    return words.stream().mapToDouble(word -> isSign(word) ? 0.5 : 1).sum();
  }

  /** Campaigns are numbered. */
  private static List<String> withoutNumbers(List<String> words) {
    return words.stream().filter(word -> word.chars().noneMatch(Character::isDigit)).toList();
  }

  private static SortedSet<Long> runs(List<String> words, long seed) {
    var hashes = new TreeSet<Long>();
    for (int from = 0; from < words.size(); from++) {
      int to = from + (isSign(words.get(from)) ? RUN_OF_SIGNS : RUN);
      if (to > words.size()) continue;
      hashes.add(run(words.subList(from, to), seed));
    }
    return hashes;
  }

  private static long run(List<String> words, long seed) {
    long run = seed;
    for (String word : words) run = mixed(run * 31 + hash(word, seed));
    return run;
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

  private static boolean isSign(String word) {
    int c = word.codePointAt(0);
    return Character.isIdeographic(c) || isKana(c);
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
