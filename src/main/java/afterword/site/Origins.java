package afterword.site;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Origins as browsers write them: scheme, host in lower case, port unless it is the scheme's own.
 */
public final class Origins {
  private Origins() {}

  /** The origin of an http or https address. */
  public static Optional<String> of(String address) {
    try {
      URI uri = new URI(address);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) return Optional.empty();
      if (uri.getHost() == null || uri.getUserInfo() != null) return Optional.empty();
      String origin = scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT);
      int standard = scheme.equals("http") ? 80 : 443;
      return Optional.of(
          uri.getPort() < 0 || uri.getPort() == standard ? origin : origin + ":" + uri.getPort());
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Whether the text is an origin and nothing more. */
  public static boolean isOrigin(String text) {
    return of(text).filter(text::equals).isPresent();
  }
}
