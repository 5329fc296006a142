package afterword.thread;

import io.vertx.core.http.HttpHeaders;
import java.util.Locale;

/** The forms in which an answer is sent, the one liked best first (RFC 9110, section 12.5.3). */
enum Coding {
  BROTLI("br", "-br"),
  GZIP("gzip", "-gz"),
  PLAIN("identity", "");

  final String word;
  final CharSequence header;

  /** What it adds to the tag of the content. */
  final String suffix;

  Coding(String word, String suffix) {
    this.word = word;
    this.header = HttpHeaders.createOptimized(word);
    this.suffix = suffix;
  }

  /**
   * The one with the highest weight; plain only where no other is taken.
   *
   * @param accepted the header Accept-Encoding, or null
   * @param brotli whether that can be had
   */
  static Coding of(String accepted, boolean brotli) {
    if (accepted == null || accepted.isEmpty()) return PLAIN;
    String[] items = accepted.toLowerCase(Locale.ROOT).split(",");
    double gzip = weight(GZIP, items);
    double br = brotli ? weight(BROTLI, items) : 0;
    if (br > 0 && br >= gzip) return BROTLI;
    return gzip > 0 ? GZIP : PLAIN;
  }

  /** Its own weight, else that of "*", else none. */
  private static double weight(Coding coding, String[] items) {
    double any = 0;
    for (String item : items) {
      String[] parts = item.strip().split(";", 2);
      String name = parts[0].strip();
      if (name.equals(coding.word)) return weight(parts);
      if (name.equals("*")) any = weight(parts);
    }
    return any;
  }

  private static double weight(String[] parts) {
    if (parts.length == 1) return 1;
    String parameter = parts[1].replace(" ", "");
    if (!parameter.startsWith("q=")) return 1;
    try {
      return Double.parseDouble(parameter.substring(2));
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }
}
