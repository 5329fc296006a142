package afterword.site;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Origins as browsers write them: scheme, host in lower-case ASCII, port unless it is the scheme's
 * own.
 */
public final class Origins {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i)(https?)://([^\\s/?#\\\\@:\\[\\]]+|\\[[0-9a-f:.]+])(?::(\\d{1,5}))?(?:[/?#].*)?");
  private static final Pattern HOST =
      Pattern.compile(
          "[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\\.?|\\[.+]");

  private Origins() {}

  /** The origin of an http or https address. */
  public static Optional<String> of(String address) {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) return Optional.empty();
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    int standard = scheme.equals("http") ? 80 : 443;
    int port = parts.group(3) == null ? standard : Integer.parseInt(parts.group(3));
    if (port == 0 || port > 65_535) return Optional.empty();
    return host(parts.group(2))
        .map(host -> scheme + "://" + host + (port == standard ? "" : ":" + port));
  }

  /** Whether the text is an origin and nothing more. */
  public static boolean isOrigin(String text) {
    return of(text).filter(text::equals).isPresent();
  }

  private static Optional<String> host(String typed) {
    try {
      String ascii = typed.startsWith("[") ? typed : IDN.toASCII(typed, IDN.ALLOW_UNASSIGNED);
      return Optional.of(ascii.toLowerCase(Locale.ROOT))
          .filter(host -> HOST.matcher(host).matches());
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
  }
}
