package afterword.spam;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/** Reads a comment into features: its words and their pieces, its addresses, its signals. */
final class Reader {
  /** Words are read from both ends of a longer text; addresses and signals from all of it. */
  private static final int HEAD = 2_500;

  private static final int TAIL = 1_500;

  /** Stands for an address among the words. */
  private static final char LINK = '\uFFFC';

  private static final int FEWEST_WORDS = 6;
  private static final int FEWEST_PIECES = 24;

  private final Features to;
  private final Writing writing;
  private final List<FoundLink> links;

  Reader(Features to, Writing writing) {
    this.to = to;
    this.writing = writing;
    this.links = LinkFinder.find(writing.text());
  }

  void read() {
    List<String> words = words(Fold.of(ends(withoutLinks())));
    addWords(words);
    addPieces(words);
    List<String> name = words(Fold.of(writing.name()));
    addName(name);
    new LinkSignals(to, links, writing).add();
    new Signals(to, writing, links, words, name).add();
  }

  private String withoutLinks() {
    if (links.isEmpty()) return writing.text();
    var text = new StringBuilder();
    int from = 0;
    for (FoundLink link : links) {
      text.append(writing.text(), from, link.start()).append(' ').append(LINK).append(' ');
      from = link.end();
    }
    return text.append(writing.text(), from, writing.text().length()).toString();
  }

  private static String ends(String text) {
    if (text.length() <= HEAD + TAIL) return text;
    return text.substring(0, HEAD) + ' ' + text.substring(text.length() - TAIL);
  }

  /** Words, numbers as "0", each character by itself where the script has no spaces. */
  static List<String> words(String folded) {
    var words = new ArrayList<String>();
    int start = -1;
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean alone = c == LINK || isUnspaced(c) || isPicture(c);
      boolean inside = !alone && isInside(folded, i, c, start >= 0);
      if (start >= 0 && !inside) {
        words.add(word(folded, start, i));
        start = -1;
      }
      if (alone) words.add(folded.substring(i, next));
      else if (inside && start < 0) start = i;
      i = next;
    }
    if (start >= 0) words.add(word(folded, start, folded.length()));
    return words;
  }

  private static boolean isInside(String text, int i, int c, boolean within) {
    if (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK)
      return true;
    boolean joins = c == '\'' || c == '’' || c == '-';
    return joins && within && i + 1 < text.length() && Character.isLetter(text.charAt(i + 1));
  }

  private static String word(String text, int start, int end) {
    String word = text.substring(start, end);
    for (int i = 0; i < word.length(); i++) if (!Character.isDigit(word.charAt(i))) return word;
    return "0".repeat(Math.min(4, word.length()));
  }

  static boolean isUnspaced(int c) {
    if (c < 0x0E00) return false;
    UnicodeScript script = UnicodeScript.of(c);
    return script == UnicodeScript.HAN
        || script == UnicodeScript.HIRAGANA
        || script == UnicodeScript.KATAKANA
        || script == UnicodeScript.THAI;
  }

  static boolean isPicture(int c) {
    return c >= 0x2190 && Character.getType(c) == Character.OTHER_SYMBOL && c != LINK;
  }

  private void addWords(List<String> words) {
    int from = to.count();
    String before = "^";
    for (String word : words) {
      to.add(Hash.of('w', word), 1, origin("", word));
      to.add(Hash.ofPair('b', before, word), 1, origin("", before, word));
      before = word;
    }
    if (!words.isEmpty()) to.add(Hash.ofPair('b', before, "$"), 1, origin("", before));
    to.scale(from, FEWEST_WORDS);
  }

  /** Three and four letters in a row, so that a disguised or inflected word is still known. */
  private void addPieces(List<String> words) {
    int from = to.count();
    var buffer = new StringBuilder();
    for (int w = 0; w < words.size(); w++) {
      String word = words.get(w);
      if (isUnspaced(word.codePointAt(0))) {
        if (w + 2 < words.size()) addTriple(words, w);
        continue;
      }
      if (word.length() < 3 || word.length() > 40) continue;
      buffer.setLength(0);
      buffer.append('_').append(word).append('_');
      String origin = origin("", word);
      for (int i = 0; i + 3 <= buffer.length(); i++) {
        to.add(Hash.of('p', buffer, i, i + 3), 1, origin);
        if (i + 4 <= buffer.length()) to.add(Hash.of('p', buffer, i, i + 4), 1, origin);
      }
    }
    to.scale(from, FEWEST_PIECES);
  }

  private void addTriple(List<String> words, int w) {
    String three = words.get(w) + words.get(w + 1) + words.get(w + 2);
    to.add(Hash.of('p', three), 1, origin("", words.get(w), words.get(w + 1)));
  }

  private void addName(List<String> name) {
    int from = to.count();
    for (String word : name) to.add(Hash.of('n', word), 1, origin("in the name, ", word));
    to.scale(from, 3);
  }

  private String origin(String prefix, String word) {
    if (!to.explained()) return null;
    return word.charAt(0) == LINK ? "a link" : prefix + "“" + word + "”";
  }

  private String origin(String prefix, String first, String second) {
    if (!to.explained()) return null;
    if (first.equals("^")) return origin(prefix, second);
    if (first.charAt(0) == LINK || second.charAt(0) == LINK)
      return "a link near “" + (first.charAt(0) == LINK ? second : first) + "”";
    boolean joined = isUnspaced(first.codePointAt(0));
    return prefix + "“" + first + (joined ? "" : " ") + second + "”";
  }
}
