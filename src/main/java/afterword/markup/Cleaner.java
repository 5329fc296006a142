package afterword.markup;

/**
 * Drops what must not be in a text, code point by code point. Remembers the run of combining marks,
 * so that one cleaner can be fed the pieces of a text one after the other.
 */
final class Cleaner {
  private final boolean visibleOnly;
  private int marks;

  /**
   * @param visibleOnly also drop invisible characters that neither script nor emoji needs (names,
   *     titles)
   */
  Cleaner(boolean visibleOnly) {
    this.visibleOnly = visibleOnly;
  }

  String clean(String text) {
    var clean = new StringBuilder(text.length());
    int previous = -1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\r') {
        if (i < text.length() && text.charAt(i) == '\n') continue;
        c = '\n';
      }
      if (Characters.isOddLineBreak(c)) c = '\n';
      if (Characters.isSurrogate(c)) c = 0xFFFD;
      if (Characters.isControl(c) || Characters.isUnwanted(c)) continue;
      if (visibleOnly && Characters.isInvisible(c) && !belongs(previous, c, text, i)) continue;
      if (Characters.isCombining(c)) {
        if (++marks > PlainText.MAX_COMBINING) continue;
      } else if (!Characters.isInvisible(c)) {
        marks = 0; // a zero-width character is no new base: marks on it still fall on the last one
      }
      clean.appendCodePoint(c);
      previous = c;
    }
    return clean.toString();
  }

  /** A new line or block: marks no longer sit on what came before. */
  void startLine() {
    marks = 0;
  }

  private static boolean belongs(int previous, int c, String text, int next) {
    if (previous < 0 || Characters.isWhiteSpace(previous)) return false;
    if (Characters.isVariationSelector(c)) return !Characters.isInvisible(previous);
    if (c != 0x200C && c != 0x200D) return false;
    return next < text.length() && Characters.joinerBelongs(previous, c, text.codePointAt(next));
  }
}
