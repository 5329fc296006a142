package afterword.auth;

import afterword.model.FailureException;
import afterword.model.Problem;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cookie that carries a token, a session's or that of a step begun. Over https it has the {@code
 * __Host-} prefix; on a loopback address over http it has neither prefix nor {@code Secure}, and
 * its name holds the port, because cookies do not tell ports apart. Anywhere else over http there
 * is none.
 */
final class TokenCookie {
  private final String name;
  private final boolean secure;
  private final Duration lifetime;
  private final Optional<String> refusal;

  static TokenCookie ofSession(String publicBaseUrl) {
    return new TokenCookie(publicBaseUrl, "", SessionStore.LONGEST);
  }

  /** Of what {@link Challenges} begins. */
  static TokenCookie ofChallenge(String publicBaseUrl) {
    return new TokenCookie(publicBaseUrl, "-challenge", Challenges.LIFETIME);
  }

  private TokenCookie(String publicBaseUrl, String suffix, Duration lifetime) {
    URI base = URI.create(publicBaseUrl);
    this.secure = "https".equalsIgnoreCase(base.getScheme());
    this.name =
        (secure ? "__Host-afterword" : "afterword-" + (base.getPort() < 0 ? 80 : base.getPort()))
            + suffix;
    this.lifetime = lifetime;
    this.refusal =
        secure || isLoopback(base.getHost())
            ? Optional.empty()
            : Optional.of(
                "Signing in over plain http is only possible on this machine itself. Serve "
                    + base.getHost()
                    + " over https and set PUBLIC_BASE_URL to that address.");
  }

  /** Throws, saying why, where nobody can sign in at this address. */
  void requireUsable() {
    if (refusal.isPresent()) throw FailureException.refused(Problem.FORBIDDEN, refusal.get());
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
    response.addCookie(cookie(token).setMaxAge(lifetime.toSeconds()));
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
