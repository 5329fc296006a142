package afterword.comment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a reader reports a comment. */
enum FlagReason {
  SPAM,
  ABUSE,
  OFF_TOPIC,
  PERSONAL_DATA,
  ILLEGAL,
  OTHER;

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<FlagReason> of(String word) {
    return Arrays.stream(values()).filter(reason -> reason.word().equals(word)).findFirst();
  }
}
