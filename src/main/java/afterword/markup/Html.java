package afterword.markup;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Text on its way into a page of ours. A comment's own html has been made safe by markup already.
 */
public final class Html {
  private Html() {}

  /** For content and for attributes in double quotes. */
  public static String text(String text) {
    if (text == null) return "";
    var escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(unit);
      }
    }
    return escaped.toString();
  }

  /** A query, ready for an attribute: names and values in turn, those without a value left out. */
  public static String query(String... namesAndValues) {
    var query = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] == null) continue;
      query.append(query.isEmpty() ? "?" : "&amp;").append(namesAndValues[i]).append('=');
      query.append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
    }
    return query.toString();
  }
}
