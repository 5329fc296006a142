package afterword.thread;

import java.util.List;

/** Entity tags as RFC 9110, section 13.1.2, compares them for If-None-Match: weakly. */
final class Tags {
  private Tags() {}

  /** The suffix of an encoding does not matter: the content is the same. */
  static boolean match(List<String> headers, String tag) {
    for (String header : headers) {
      if (header.length() == tag.length() + 2 && matches(header, tag)) return true;
      for (String candidate : header.split(",")) {
        if (matches(candidate.strip(), tag)) return true;
      }
    }
    return false;
  }

  private static boolean matches(String candidate, String tag) {
    if (candidate.equals("*")) return true;
    String strong = candidate.startsWith("W/") ? candidate.substring(2) : candidate;
    if (strong.length() < 2 || !strong.startsWith("\"") || !strong.endsWith("\"")) return false;
    String value = strong.substring(1, strong.length() - 1);
    return value.equals(tag) || value.equals(tag + "-gz") || value.equals(tag + "-br");
  }
}
