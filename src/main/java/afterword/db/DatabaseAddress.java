package afterword.db;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A postgres:// address in its parts; {@code query} holds sslmode and the like. */
record DatabaseAddress(
    String host,
    int port,
    String user,
    String password,
    String database,
    Map<String, String> query) {

  static DatabaseAddress of(String url) {
    URI uri = URI.create(url);
    String[] credentials = uri.getRawUserInfo().split(":", 2);
    return new DatabaseAddress(
        uri.getHost().replaceAll("^\\[|]$", ""),
        uri.getPort() < 0 ? 5432 : uri.getPort(),
        decoded(credentials[0]),
        credentials.length > 1 ? decoded(credentials[1]) : "",
        decoded(uri.getRawPath().substring(1)),
        query(uri.getRawQuery()));
  }

  boolean isLoopback() {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  /** For the migrations; user and password go beside it. */
  String jdbcUrl() {
    String authority = host.contains(":") ? "[" + host + "]" : host;
    String parameters =
        query.entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return "jdbc:postgresql://"
        + authority
        + ":"
        + port
        + "/"
        + encoded(database)
        + "?"
        + parameters;
  }

  private static Map<String, String> query(String raw) {
    var query = new TreeMap<String, String>();
    if (raw == null) return query;
    for (String part : raw.split("&")) {
      String[] pair = part.split("=", 2);
      if (!pair[0].isEmpty()) query.put(decoded(pair[0]), pair.length > 1 ? decoded(pair[1]) : "");
    }
    return query;
  }

  /** A plus stays a plus: only percent signs mean something here. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
