package afterword.auth;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cookie that carries a session's token. Over https it has the {@code __Host-} prefix; on a
 * loopback address over http it has neither prefix nor {@code Secure}, and its name holds the port,
 * because cookies do not tell ports apart. Anywhere else over http there is none.
 */
final class SessionCookie {
  private final String name;
  private final boolean secure;
  private final Optional<String> refusal;

  SessionCookie(String publicBaseUrl) {
    URI base = URI.create(publicBaseUrl);
    this.secure = "https".equalsIgnoreCase(base.getScheme());
    this.name =
        secure ? "__Host-afterword" : "afterword-" + (base.getPort() < 0 ? 80 : base.getPort());
    this.refusal =
        secure || isLoopback(base.getHost())
            ? Optional.empty()
            : Optional.of(
                "Signing in over plain http is only possible on this machine itself. Serve "
                    + base.getHost()
                    + " over https and set PUBLIC_BASE_URL to that address.");
  }

  /** Why nobody can sign in at this address, if so. */
  Optional<String> refusal() {
    return refusal;
  }

  /**
   * The token; empty also where the cookie is there more than once, which the framework would hide.
   */
  Optional<String> read(HttpServerRequest request) {
    List<String> values =
        request.headers().getAll(HttpHeaders.COOKIE).stream()
            .flatMap(header -> Stream.of(header.split(";")))
            .map(String::strip)
            .filter(pair -> pair.startsWith(name + "="))
            .map(pair -> pair.substring(name.length() + 1))
            .toList();
    return values.size() == 1 && refusal.isEmpty()
        ? Optional.of(values.get(0)).filter(SecretToken::isWellFormed)
        : Optional.empty();
  }

  void give(HttpServerResponse response, String token) {
    response.addCookie(cookie(token).setMaxAge(SessionStore.LONGEST.toSeconds()));
  }

  void take(HttpServerResponse response) {
    response.addCookie(cookie("").setMaxAge(0));
  }

  private Cookie cookie(String value) {
    return Cookie.cookie(name, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(secure)
        .setSameSite(CookieSameSite.LAX);
  }

  private static boolean isLoopback(String host) {
    return host != null
        && (host.equals("localhost")
            || host.endsWith(".localhost")
            || host.equals("[::1]")
            || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}"));
  }
}
