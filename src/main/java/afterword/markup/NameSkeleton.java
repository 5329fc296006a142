package afterword.markup;

import com.ibm.icu.text.SpoofChecker;

/**
 * What is left of a name when everything that people overlook is taken away: the skeleton of UTS 39
 * after width and case are folded, letters and digits only, without what stands in brackets ("Alice
 * [MOD]").
 */
final class NameSkeleton {
  /**
   * Look-alikes that UTS 39 does not list, each before its letter: small capitals, Cyrillic,
   * Armenian.
   */
  private static final String LOOK_ALIKES =
      "ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpꞯqʀrꜱsᴛtᴜuᴠvᴡwʏyᴢz" + "вbкkмmнhпnтtʍm" + "աa";

  private NameSkeleton() {}

  static String of(String name) {
    String bounded = PlainText.compatible(PlainText.cut(name, 1_000));
    String folded = PlainText.foldedCase(PlainText.withoutInvisible(bounded));
    String skeleton = skeleton(withoutBrackets(folded)); // may bring new letters: Ꭺ becomes ᴀ
    return lettersOnly(PlainText.foldedCase(skeleton(PlainText.foldedCase(skeleton))));
  }

  private static String skeleton(String name) {
    return Icu.SPOOF_CHECKER.getSkeleton(withoutLookAlikes(name));
  }

  /** The name itself where there is nothing but brackets. */
  private static String withoutBrackets(String name) {
    String rest = name.replaceAll("\\[[^\\[\\]]*+]|\\([^()]*+\\)|\\{[^{}]*+}", " ");
    return lettersOnly(rest).isEmpty() ? name : rest;
  }

  private static String withoutLookAlikes(String name) {
    var plain = new StringBuilder(name.length());
    for (char c : name.toCharArray()) {
      int at = LOOK_ALIKES.indexOf(c);
      plain.append(at >= 0 && at % 2 == 0 ? LOOK_ALIKES.charAt(at + 1) : c);
    }
    return plain.toString();
  }

  /**
   * The skeleton writes 1, I and | as "l" but leaves "i" alone; to a hurried reader they are one.
   */
  private static String lettersOnly(String skeleton) {
    return skeleton
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .map(c -> c == 'i' ? 'l' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** ICU reads its tables when this class is first used, not when the service starts. */
  private static final class Icu {
    static final SpoofChecker SPOOF_CHECKER =
        new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
  }
}
