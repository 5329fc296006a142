package afterword.markup;

import com.optimaize.langdetect.DetectedLanguage;
import com.optimaize.langdetect.LanguageDetector;
import com.optimaize.langdetect.LanguageDetectorBuilder;
import com.optimaize.langdetect.ngram.NgramExtractors;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Which language a text is written in, as far as n-grams can tell. */
public final class Language {
  private static final List<String> KNOWN =
      List.of(
          "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu",
          "id", "it", "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "vi",
          "zh-CN", "zh-TW");

  /** More tells nothing new, and time grows with it. */
  private static final int LOOKED_AT = 1_000;

  /** Fewer letters fit too many languages; one sign of these scripts is worth several. */
  private static final int FEWEST_LETTERS = 10;

  private static final int IDEOGRAPH_WORTH = 3;
  private static final double SURE = 0.7;

  private Language() {}

  /** Reads the profiles, which takes some tenths of a second: not for an event loop. */
  public static void load() {
    Detector.LOADED.getProbabilities("warm");
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
    List<DetectedLanguage> guesses = Detector.LOADED.getProbabilities(start);
    if (guesses.isEmpty() || guesses.get(0).getProbability() < SURE) return Optional.empty();
    return Optional.of(guesses.get(0).getLocale().getLanguage());
  }

  private static boolean isKana(int c) {
    var script = Character.UnicodeScript.of(c);
    return script == Character.UnicodeScript.HIRAGANA || script == Character.UnicodeScript.KATAKANA;
  }

  /** Loaded when first asked for, so that an idle process does not hold the profiles. */
  private static final class Detector {
    static final LanguageDetector LOADED = load();

    private static LanguageDetector load() {
      try {
        return LanguageDetectorBuilder.create(NgramExtractors.standard())
            .shortTextAlgorithm(100)
            .seed(1)
            .withProfiles(new LanguageProfileReader().read(KNOWN))
            .build();
      } catch (IOException missing) {
        throw new UncheckedIOException(missing);
      }
    }
  }
}
