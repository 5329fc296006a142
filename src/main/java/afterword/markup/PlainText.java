package afterword.markup;

import afterword.model.Limits;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/**
 * Hygiene for every text field. Nothing here throws, whatever the text holds; what comes out is
 * NFC, has no control and no noncharacter, and cleaning it again changes nothing. Count lengths
 * afterwards.
 */
public final class PlainText {
  /** Marks over one another on one base; honest spelling needs four or five. */
  static final int MAX_COMBINING = 8;

  /** NFKC makes up to 18 chars of one: a duplicate is searched for in this many chars at most. */
  static final int MAX_FINGERPRINT = 4 * Limits.TEXT;

  private PlainText() {}

  /**
   * A comment's text: newlines, tabs, joiners and LRM, RLM, ALM stay; CRLF and its kin become "\n".
   */
  public static String body(String typed) {
    return normalised(cleaned(typed, false));
  }

  /** A person's name: one line without anything invisible but what its script or an emoji needs. */
  public static String name(String typed) {
    return singleLine(typed);
  }

  /** A title, as of a host page: one line, cleaned like a name. */
  public static String title(String typed) {
    return singleLine(typed);
  }

  /** Length in code points, which is how every limit counts. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /**
   * Whether nothing of it can be seen: white space, controls, fillers, blanks, tags and the like.
   */
  public static boolean isBlank(String text) {
    return text.codePoints().allMatch(c -> Characters.isWhiteSpace(c) || Characters.isInvisible(c));
  }

  /**
   * False for what no text may hold and what no cleaning repairs: NUL, lone surrogates,
   * noncharacters.
   */
  public static boolean isWellFormed(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || Characters.isSurrogate(c) || Characters.isNoncharacter(c));
  }

  /**
   * Equal for texts that are the same to a reader: case, width, composition, white space and
   * invisible characters do not count. At most {@link #MAX_FINGERPRINT} chars; for comparing, never
   * for showing.
   */
  public static String fingerprintText(String text) {
    String visible = withoutInvisible(cut(compatible(text), MAX_FINGERPRINT));
    return cut(collapsed(foldedCase(visible)), MAX_FINGERPRINT);
  }

  /**
   * Equal for names that people take for each other, to compare a visitor's with those of the
   * staff. Empty where the name has no letter or digit. For comparing, never for showing.
   */
  public static String nameSkeleton(String name) {
    return NameSkeleton.of(name);
  }

  private static String singleLine(String typed) {
    return normalised(collapsed(cleaned(typed, true)));
  }

  /**
   * NFC, with the marks counted once more: composition excludes some pairs (U+0958), which adds
   * marks.
   */
  private static String normalised(String text) {
    if (Normalizer.isNormalized(text, Form.NFC)) return text;
    return cleaned(Normalizer.normalize(text, Form.NFC), false);
  }

  private static String cleaned(String text, boolean visibleOnly) {
    return new Cleaner(visibleOnly).clean(text);
  }

  /**
   * NFKC of the first {@link Limits#TEXT} code points; marks capped first, for sorting long runs is
   * slow.
   */
  static String compatible(String text) {
    int end = length(text) <= Limits.TEXT ? text.length() : text.offsetByCodePoints(0, Limits.TEXT);
    return Normalizer.normalize(body(text.substring(0, end)), Form.NFKC);
  }

  /** Upper then lower joins what lower alone keeps apart: ſ and s, ß and ss, ı and i. */
  static String foldedCase(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  static String withoutInvisible(String text) {
    return text.codePoints()
        .filter(c -> Characters.isWhiteSpace(c) || !Characters.isInvisible(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Each run of white space as one space, none at the ends. */
  private static String collapsed(String text) {
    var line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (!Characters.isWhiteSpace(c)) line.appendCodePoint(c);
              else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') line.append(' ');
            });
    int end = line.length();
    if (end > 0 && line.charAt(end - 1) == ' ') line.setLength(end - 1);
    return line.toString();
  }

  /** At most so many chars, never half a pair. */
  static String cut(String text, int max) {
    if (text.length() <= max) return text;
    return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
  }
}
