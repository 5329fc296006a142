package afterword.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** The kinds of value a setting may have. */
final class Values {
  /** Null if the value is fine, else the end of the sentence "NAME …". */
  interface Check {
    String wrongWith(String value);
  }

  static final Check TEXT = value -> value.isBlank() ? "is empty" : null;
  static final Check PORT = number(0, 65_535);
  static final Check BOOLEAN = oneOf("true", "false");
  static final Check SECRET = Secret::wrongWith;
  static final Check POSTGRES_URL = Values::wrongPostgresUrl;
  static final Check BASE_URL = Values::wrongBaseUrl;
  static final Check ISSUER = Values::wrongIssuer;
  static final Check HOST_AND_PORT =
      value -> value.matches("[^\\s:/@]+:\\d{1,5}") ? null : "must look like host:5432";
  static final Check CIDRS =
      value ->
          list(value).stream().allMatch(Values::isCidr)
              ? null
              : "is not a list of ranges like 10.0.0.0/8";
  static final Check GROUP_ROLES =
      value ->
          list(value).stream()
                  .allMatch(line -> line.matches(".+=[a-z0-9-]+:(owner|moderator|viewer)"))
              ? null
              : "is not a list of lines like editors=blog:moderator";
  static final Check ROLE =
      value ->
          value.matches("[a-z_][a-z0-9_$-]{0,62}") ? null : "is not the name of a database role";

  static final Check MAILBOX =
      value ->
          value.matches("[^\\s@<>]+@[^\\s@<>]+|[^<>@\\p{Cntrl}]+ <[^\\s@<>]+@[^\\s@<>]+>")
              ? null
              : "must look like comments@example.org or Comments <comments@example.org>";

  private Values() {}

  static Check number(int least, int most) {
    return value -> {
      String sentence =
          "must be a number from " + least + " to " + most + ", not \"" + value + "\"";
      if (!value.matches("\\d{1,9}")) return sentence;
      int number = Integer.parseInt(value);
      return number < least || number > most ? sentence : null;
    };
  }

  static Check oneOf(String... words) {
    return value ->
        Arrays.asList(words).contains(value)
            ? null
            : "must be " + String.join(" or ", words) + ", not \"" + value + "\"";
  }

  static List<String> list(String value) {
    return Arrays.stream(value.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** Never repeats the value: it may hold a password. */
  private static String wrongPostgresUrl(String value) {
    String sentence = "must look like postgres://user:password@host:5432/name";
    if (!value.matches("postgres(ql)?://[^/?#]+/[^/?#]+(\\?.*)?")) return sentence;
    try {
      return URI.create(value).getRawUserInfo() == null ? sentence : null;
    } catch (IllegalArgumentException notAnAddress) {
      return sentence + " (percent-encode special characters of the password)";
    }
  }

  /** OpenID Connect Discovery, 3: a path is fine, a query is not. */
  private static String wrongIssuer(String value) {
    String sentence = "must be an address like https://id.example.org/realms/team";
    try {
      URI uri = URI.create(value);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare =
          uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
      return web && bare && uri.getHost() != null ? null : sentence;
    } catch (IllegalArgumentException notAnAddress) {
      return sentence;
    }
  }

  private static String wrongBaseUrl(String value) {
    String sentence = "must be an origin like https://comments.example.org, not \"" + value + "\"";
    try {
      URI uri = URI.create(value);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare =
          uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
      boolean root =
          uri.getRawPath() == null || uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
      return web && bare && root && uri.getHost() != null ? null : sentence;
    } catch (IllegalArgumentException notAnAddress) {
      return sentence;
    }
  }

  /** Looks at literals only: no name is ever asked of a name server. */
  private static boolean isCidr(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2 || !parts[0].matches("\\d+(\\.\\d+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*"))
      return false;
    try {
      int bits = InetAddress.getByName(parts[0]).getAddress().length * 8;
      return parts.length == 1
          || (parts[1].matches("\\d{1,3}") && Integer.parseInt(parts[1]) <= bits);
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}
