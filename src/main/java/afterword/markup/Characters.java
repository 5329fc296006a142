package afterword.markup;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** What kind of code point one is, where Java's own classes do not say it. */
final class Characters {
  /**
   * Scripts in which a joiner changes how a word is written, so that dropping it is a spelling
   * mistake.
   */
  private static final Set<UnicodeScript> JOINING_SCRIPTS =
      EnumSet.of(
          UnicodeScript.ARABIC,
          UnicodeScript.SYRIAC,
          UnicodeScript.NKO,
          UnicodeScript.MONGOLIAN,
          UnicodeScript.DEVANAGARI,
          UnicodeScript.BENGALI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.GUJARATI,
          UnicodeScript.ORIYA,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU,
          UnicodeScript.KANNADA,
          UnicodeScript.MALAYALAM,
          UnicodeScript.SINHALA,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN);

  private Characters() {}

  /** C0, DEL and C1, without newline and tab. */
  static boolean isControl(int c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F);
  }

  /** What starts a new line in some program or other but is not "\n": VT, FF, NEL, LS, PS. */
  static boolean isOddLineBreak(int c) {
    return c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  /**
   * Embeddings, overrides and isolates: they reach past the text they stand in unless closed (UAX
   * 9).
   */
  static boolean isBidiControl(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  /** LRM, RLM, ALM: a mark for their neighbours only. */
  static boolean isBidiMark(int c) {
    return c == 0x200E || c == 0x200F || c == 0x061C;
  }

  /** U+FDD0–FDEF and the last two of each plane: never characters, and not allowed in XML. */
  static boolean isNoncharacter(int c) {
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  }

  static boolean isSurrogate(int c) {
    return c >= 0xD800 && c <= 0xDFFF;
  }

  /**
   * Of no use in any text field: bidi controls, U+206A–206F, interlinear annotation, language tag.
   */
  static boolean isUnwanted(int c) {
    return isBidiControl(c)
        || isNoncharacter(c)
        || (c >= 0x206A && c <= 0x206F)
        || (c >= 0xFFF9 && c <= 0xFFFB)
        || c == 0xE0001;
  }

  static boolean isCombining(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  static boolean isWhiteSpace(int c) {
    return c == '\t' || c == '\n' || c == '\r' || isOddLineBreak(c) || Character.isSpaceChar(c);
  }

  static boolean isVariationSelector(int c) {
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
  }

  /**
   * Takes part in text but cannot be seen: Unicode's Default_Ignorable_Code_Point, the other format
   * characters that have no shape, and the Braille blank. White space is a class of its own.
   */
  static boolean isInvisible(int c) {
    if (c < 0xAD) return isControl(c);
    if (isControl(c) || isUnwanted(c) || isVariationSelector(c)) return true;
    if (Character.getType(c) == Character.FORMAT) return !isPrependedSign(c);
    return c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0 // Hangul fillers
        || c == 0x17B4
        || c == 0x17B5
        || (c >= 0x180B && c <= 0x180F)
        || c == 0x2065
        || c == 0x2800
        || (c >= 0xFFF0 && c <= 0xFFF8)
        || (c >= 0xE0000 && c <= 0xE0FFF);
  }

  /** Format characters that are drawn: signs before Arabic, Syriac and Kaithi numbers. */
  private static boolean isPrependedSign(int c) {
    return (c >= 0x0600 && c <= 0x0605)
        || c == 0x06DD
        || c == 0x070F
        || c == 0x0890
        || c == 0x0891
        || c == 0x08E2
        || c == 0x110BD
        || c == 0x110CD;
  }

  /** Whether U+200C or U+200D between these two is part of how the word or the emoji is written. */
  static boolean joinerBelongs(int before, int joiner, int after) {
    if (isInvisible(after)) return false;
    if (JOINING_SCRIPTS.contains(UnicodeScript.of(before))) {
      return JOINING_SCRIPTS.contains(UnicodeScript.of(after));
    }
    return joiner == 0x200D && isEmojiPart(before) && isEmojiPart(after);
  }

  private static boolean isEmojiPart(int c) {
    int type = Character.getType(c);
    return type == Character.OTHER_SYMBOL
        || c == 0xFE0F
        || (c >= 0x1F3FB && c <= 0x1F3FF)
        || (c >= 0x1F000 && type == Character.UNASSIGNED);
  }
}
