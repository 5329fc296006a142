package afterword.page;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An http address taken apart as browsers do (WHATWG URL, the part that absolute http addresses
 * need): java.net.URI refuses half of what people's address bars hold.
 *
 * @param host in lower case
 * @param path begins with a slash, dot segments resolved, percent-encoded
 * @param query percent-encoded, without "?"
 */
record WebAddress(String scheme, String host, String port, String path, String query) {
  private static final Pattern ABSOLUTE =
      Pattern.compile(
          "(?i)(https?):[/\\\\]*([^/\\\\?#]+)([^?#]*)(?:\\?([^#]*))?(?:#.*)?", Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:.*@)?(\\[[0-9a-fA-F:.]+\\]|[^:@]+)(?::(\\d*))?");

  /** "^" and "|" are escaped by some browsers only, so we do it for all. */
  private static final String PATH_ESCAPED = " \"#<>?`{}^|";

  private static final String QUERY_ESCAPED = " \"#<>'";

  static Optional<WebAddress> parse(String text) {
    Matcher parts = ABSOLUTE.matcher(text.strip().replaceAll("[\\t\\n\\r]", ""));
    if (!parts.matches()) return Optional.empty();
    Matcher authority = AUTHORITY.matcher(parts.group(2));
    if (!authority.matches()) return Optional.empty();
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    String port = authority.group(2) == null ? "" : authority.group(2);
    if (port.equals(scheme.equals("http") ? "80" : "443")) port = "";
    return Optional.of(
        new WebAddress(
            scheme,
            host(authority.group(1)),
            port,
            escaped(resolved(parts.group(3).replace('\\', '/')), PATH_ESCAPED),
            parts.group(4) == null ? "" : escaped(parts.group(4), QUERY_ESCAPED)));
  }

  /** As browsers spell it in an origin; a name that has no such spelling stays as it is. */
  private static String host(String typed) {
    try {
      return (typed.startsWith("[") ? typed : IDN.toASCII(typed, IDN.ALLOW_UNASSIGNED))
          .toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notAName) {
      return typed.toLowerCase(Locale.ROOT);
    }
  }

  String origin() {
    return scheme + "://" + host + (port.isEmpty() ? "" : ":" + port);
  }

  /** The whole address, without a fragment. */
  String text() {
    return origin() + path + (query.isEmpty() ? "" : "?" + query);
  }

  private static String resolved(String path) {
    List<String> kept = new ArrayList<>();
    String[] segments = path.isEmpty() ? new String[] {"", ""} : path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      String dots = segments[i].replaceAll("(?i)%2e", ".");
      if (dots.equals("..")) {
        if (!kept.isEmpty()) kept.remove(kept.size() - 1);
        if (last) kept.add("");
      } else if (dots.equals(".")) {
        if (last) kept.add("");
      } else {
        kept.add(segments[i]);
      }
    }
    return "/" + String.join("/", kept);
  }

  private static String escaped(String text, String alsoEscaped) {
    var out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c <= 0x1f || c >= 0x7f || alsoEscaped.indexOf(c) >= 0) {
        out.append(String.format("%%%02X", c));
      } else {
        out.append((char) c);
      }
    }
    return out.toString();
  }
}
