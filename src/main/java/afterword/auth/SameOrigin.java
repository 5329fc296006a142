package afterword.auth;

import afterword.model.FailureException;
import afterword.model.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Whether a request that changes something comes from our own pages. Browsers say so by two
 * headers; programs send neither.
 */
final class SameOrigin {
  private static final Set<String> OUR_OWN = Set.of("same-origin", "none");

  private final String origin;

  SameOrigin(String publicBaseUrl) {
    URI base = URI.create(publicBaseUrl);
    this.origin = base.getScheme() + "://" + base.getRawAuthority();
  }

  /** Throws {@link Problem#CSRF} where a browser says that another site's page sent it. */
  void check(HttpServerRequest request) {
    List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
    List<String> sites = request.headers().getAll("Sec-Fetch-Site");
    boolean ours =
        (origins.isEmpty() || origins.equals(List.of(origin)))
            && (sites.isEmpty() || sites.size() == 1 && OUR_OWN.contains(sites.get(0)));
    if (!ours) {
      throw FailureException.refused(
          Problem.CSRF,
          "Moderation works on " + origin + " only. Open " + origin + "/admin and try again.");
    }
  }
}
