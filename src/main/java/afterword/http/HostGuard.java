package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/**
 * Refuses what the server lets through though two readers could understand it differently: several
 * hosts, a host in the request line that is not the one in the header, methods that echo or tunnel.
 */
public final class HostGuard implements Handler<RoutingContext> {
  private static final Set<HttpMethod> NEVER = Set.of(HttpMethod.TRACE, HttpMethod.CONNECT);

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (NEVER.contains(request.method())) {
      ctx.fail(
          new FailureException(
              new Failure.MethodNotAllowed(
                  "This method is never accepted.", "GET, HEAD, POST, PUT, PATCH, DELETE")));
    } else if (!oneHost(request)) {
      ctx.fail(FailureException.unreadable("Name one host, and the same one everywhere."));
    } else {
      ctx.next();
    }
  }

  private static boolean oneHost(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    if (hosts.size() != 1) return hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_0;
    String uri = request.uri();
    return uri.startsWith("/") || uri.equals("*") || hosts.get(0).equalsIgnoreCase(authority(uri));
  }

  /** Of "http://host/path"; "" where there is none. */
  private static String authority(String uri) {
    int start = uri.indexOf("://");
    if (start < 0) return "";
    int end = uri.indexOf('/', start + 3);
    return uri.substring(start + 3, end < 0 ? uri.length() : end);
  }
}
