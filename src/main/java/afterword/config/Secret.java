package afterword.config;

import java.util.Objects;
import java.util.regex.Pattern;

/** Tells a secret that was made by chance from one that somebody typed. */
final class Secret {
  static final int LEAST = 32;
  private static final int LEAST_DISTINCT = 8;
  private static final int LEAST_UNKNOWN = 16;

  /** What people write where a secret belongs. */
  private static final Pattern WELL_KNOWN =
      Pattern.compile(
          "change|replace|secret|password|passwd|default|example|insecure|please|your|test|demo|"
              + "dummy|afterword|this|with|random|string|value|token|key|admin|letmein|qwerty|asdf|"
              + "deadbeef|cafebabe|me|must|should|the|to|be|a-z|0-9|long|super|very|[^a-z0-9]");

  private Secret() {}

  /** The newest first, one a line; each must hold by itself. */
  static String wrongWith(String value) {
    if (value.isBlank()) return wrongWithOne(value);
    return value
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(Secret::wrongWithOne)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static String wrongWithOne(String value) {
    String make = "; make one with: head -c 32 /dev/urandom | base64";
    if (value.isBlank()) return "is empty" + make;
    if (value.length() < LEAST) return "is shorter than " + LEAST + " characters" + make;
    return guessable(value) ? "can be guessed" + make : null;
  }

  private static boolean guessable(String value) {
    return value.chars().distinct().count() < LEAST_DISTINCT
        || repeats(value)
        || mostlySteps(value)
        || WELL_KNOWN.matcher(value.toLowerCase(java.util.Locale.ROOT)).replaceAll("").length()
            < LEAST_UNKNOWN;
  }

  /** "abcabcabc…": the text found in itself before its end. */
  private static boolean repeats(String value) {
    int period = (value + value).indexOf(value, 1);
    return period <= value.length() / 2;
  }

  /** "0123456789abcdef…": most characters follow the one before, or repeat it. */
  private static boolean mostlySteps(String value) {
    int steps = 0;
    for (int i = 1; i < value.length(); i++) {
      if (Math.abs(value.charAt(i) - value.charAt(i - 1)) <= 1) steps++;
    }
    return steps > value.length() / 2;
  }
}
