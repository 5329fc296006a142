package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import java.util.List;

/** Refuses text that no database and no other program should meet. */
final class Texts {
  private Texts() {}

  /** The text itself, without NUL and without half a surrogate pair. */
  static String wellFormed(String text, String place) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == 0) throw unreadable(place, "nul", "The text holds a NUL character.");
      if (!Character.isSurrogate(unit)) continue;
      boolean pair =
          Character.isHighSurrogate(unit)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (!pair) throw unreadable(place, "lone-surrogate", "The text holds half a surrogate pair.");
      i++;
    }
    return text;
  }

  private static FailureException unreadable(String pointer, String code, String detail) {
    return new FailureException(
        new Failure.Unreadable(detail, List.of(new FieldError(pointer, code, detail))));
  }
}
