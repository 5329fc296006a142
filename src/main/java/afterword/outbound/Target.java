package afterword.outbound;

import afterword.outbound.OutboundException.Why;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a call goes, as written: scheme, host and port of an address that means the same to
 * everybody who reads it.
 *
 * @param listed whether the operator vouches for the host, so that it may be private and plain http
 */
record Target(boolean tls, String host, int port, String pathAndQuery, boolean listed) {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\\.?");

  private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

  /**
   * @param listed hosts, or "host:port", in lower case
   */
  static Target of(String url, Set<String> listed) {
    URI uri = uri(url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if (!tls && !scheme.equals("http")) throw refused("it is neither https nor http");
    if (uri.getRawUserInfo() != null) throw refused("it names a user");
    if (!NAME.matcher(host).matches() && !IPV6.matcher(host).matches())
      throw refused("it has no host that everybody reads alike");
    String last = host.replaceFirst("\\.$", "").replaceFirst(".*\\.", "");
    if (last.matches("\\d+|0x[0-9a-f]*") && !IPV4.matcher(host).matches())
      throw refused("its host is a number that is not read alike by everybody");
    int port = uri.getPort() == -1 ? (tls ? 443 : 80) : uri.getPort();
    if (port < 1 || port > 65_535) throw refused("it has no such port");
    boolean known = listed.contains(host) || listed.contains(host + ":" + port);
    if (!tls && !known) throw refused("it is not https");
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new Target(tls, host, port, path + query, known);
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException malformed) {
      throw refused("it is not an address");
    }
  }

  static OutboundException refused(String because) {
    return new OutboundException(Why.NOT_ALLOWED, "the address may not be called: " + because);
  }
}
