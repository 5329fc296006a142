package afterword.rules;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Words and phrases to look for, all at once and in time linear in the text (Aho and Corasick,
 * 1975). A word counts where it stands alone; "casino*" also where a longer one begins, "*casino"
 * where one ends with it. Scripts that put no space between words have no such edges.
 */
public final class WordList {
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private final Node root = new Node();

  private WordList() {}

  public static WordList of(List<String> words) {
    var list = new WordList();
    words.forEach(list::add);
    list.link();
    return list;
  }

  /**
   * The first word of the list that the text holds, as it was given. The text is in its normal
   * form.
   */
  public Optional<String> firstIn(String text) {
    return firstIn(text, new Work());
  }

  /** What looking takes, however fast the machine: nodes passed and words compared. */
  static final class Work {
    long steps;
  }

  Optional<String> firstIn(String text, Work work) {
    Node at = root;
    for (int i = 0; i < text.length(); i++) {
      at = at.step(text.charAt(i), work);
      for (Node hit = at; hit != null; hit = hit.shorterWord) {
        work.steps++;
        for (Word word : hit.words) if (word.standsIn(text, i + 1)) return Optional.of(word.given);
      }
    }
    return Optional.empty();
  }

  /** All words of the list that the text holds, as they were given, {@code most} at the most. */
  public List<String> allIn(String text, int most) {
    var found = new LinkedHashSet<String>();
    var work = new Work();
    Node at = root;
    for (int i = 0; i < text.length() && found.size() < most; i++) {
      at = at.step(text.charAt(i), work);
      for (Node hit = at; hit != null; hit = hit.shorterWord) {
        for (Word word : hit.words) if (word.standsIn(text, i + 1)) found.add(word.given);
      }
    }
    return List.copyOf(found);
  }

  private void add(String given) {
    String folded = folded(given);
    boolean openStart = folded.startsWith("*");
    boolean openEnd = folded.endsWith("*");
    String word = folded.replace("*", "").strip();
    if (word.isEmpty()) return;
    Node at = root;
    for (char c : word.toCharArray()) at = at.next.computeIfAbsent(c, first -> new Node());
    at.words.add(new Word(given, word.length(), openStart, openEnd));
  }

  /** Breadth first, so that the node to fall back to is always done already. */
  private void link() {
    var todo = new ArrayDeque<Node>();
    todo.add(root);
    var work = new Work();
    while (!todo.isEmpty()) {
      Node node = todo.poll();
      node.next.forEach(
          (c, child) -> {
            child.fallback = node == root ? root : node.fallback.step(c, work);
            child.shorterWord =
                child.fallback.words.isEmpty() ? child.fallback.shorterWord : child.fallback;
            todo.add(child);
          });
    }
  }

  /** As {@code markup.PlainText.fingerprintText} folds the text that is searched. */
  private static String folded(String word) {
    String compatible = Normalizer.normalize(word, Form.NFKC);
    return compatible
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT)
        .strip()
        .replaceAll("\\s+", " ");
  }

  private record Word(String given, int length, boolean openStart, boolean openEnd) {
    boolean standsIn(String text, int end) {
      int start = end - length;
      return (openStart || start == 0 || !joined(text, start))
          && (openEnd || end == text.length() || !joined(text, end));
    }

    /** Whether what stands before and after this place is one word. */
    private static boolean joined(String text, int at) {
      return isWordPart(text.codePointBefore(at)) && isWordPart(text.codePointAt(at));
    }

    private static boolean isWordPart(int c) {
      boolean part =
          Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
      return part && !WITHOUT_SPACES.contains(UnicodeScript.of(c));
    }
  }

  private static final class Node {
    final Map<Character, Node> next = new HashMap<>();
    final List<Word> words = new ArrayList<>(1);
    Node fallback;
    Node shorterWord;

    Node step(char c, Work work) {
      for (Node node = this; ; node = node.fallback) {
        work.steps++;
        Node child = node.next.get(c);
        if (child != null) return child;
        if (node.fallback == null || node == node.fallback) return node;
      }
    }
  }
}
