package afterword.markup;

import java.util.Optional;

/**
 * Which language a text is written in, as far as n-grams can tell: naive Bayes over every one, two
 * and three letters in a row (Shuyo, "Language Detection Library for Java", 2010).
 */
public final class Language {
  /** More tells nothing new, and time grows with it. */
  private static final int LOOKED_AT = 1_000;

  /** Fewer letters fit too many languages; one sign of these scripts is worth several. */
  private static final int FEWEST_LETTERS = 10;

  private static final int IDEOGRAPH_WORTH = 3;
  private static final double SURE = 0.7;

  /** N-grams overlap, so that many of them are no more certain than some are. */
  private static final double MOST_EVIDENCE = 100;

  private Language() {}

  /** Reads the table, which takes some hundredths of a second: not for an event loop. */
  public static void load() {
    Table.LOADED.languages();
  }

  /** ISO 639-1, such as "en"; empty where the text is too short or the guess too uncertain. */
  public static Optional<String> of(String text) {
    String start = PlainText.cut(text, LOOKED_AT);
    int letters =
        start
            .codePoints()
            .filter(Character::isLetter)
            .map(c -> Character.isIdeographic(c) ? IDEOGRAPH_WORTH : 1)
            .sum();
    if (letters < FEWEST_LETTERS) return Optional.empty();
    if (start.codePoints().anyMatch(Language::isKana)) return Optional.of("ja");
    return mostLikely(start);
  }

  private static boolean isKana(int c) {
    var script = Character.UnicodeScript.of(c);
    return script == Character.UnicodeScript.HIRAGANA || script == Character.UnicodeScript.KATAKANA;
  }

  private static Optional<String> mostLikely(String text) {
    String[] languages = Table.LOADED.languages();
    var scores = new double[languages.length];
    int known = score(" " + text + " ", scores);
    if (known == 0) return Optional.empty();
    int best = 0;
    for (int i = 1; i < scores.length; i++) if (scores[i] > scores[best]) best = i;
    double scale = Math.min(1, MOST_EVIDENCE / known);
    double others = 0;
    for (double score : scores) others += Math.exp((score - scores[best]) * scale);
    if (1 / others < SURE) return Optional.empty();
    return Optional.of(languages[best].substring(0, 2));
  }

  /** Gives how many of the n-grams are known. */
  private static int score(String text, double[] scores) {
    int known = 0;
    long gram = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      gram = NgramTable.with(gram, Character.isWhitespace(letter) ? ' ' : letter);
      for (int n = 1; n <= Math.min(i + 1, NgramTable.LONGEST); n++)
        if (Table.LOADED.add(NgramTable.last(gram, n), scores)) known++;
    }
    return known;
  }

  /** Loaded when first asked for. */
  private static final class Table {
    static final NgramTable LOADED = NgramTable.read();
  }
}
