package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Refuses what the HTTP library lets through: two hosts, another host in the request line, TRACE. */
public final class HostGuard implements Handler<RoutingContext> {
  @Override
  public void handle(RoutingContext ctx) {
    var request = ctx.request();
    if (request.method().equals(HttpMethod.TRACE) || request.method().equals(HttpMethod.CONNECT)) {
      throw new FailureException(new Failure.MethodNotAllowed("This method is not served.", "GET, HEAD, POST"));
    }
    boolean oneHost = request.headers().getAll("Host").size() == 1 && request.authority() != null;
    if (!oneHost || !request.uri().startsWith("/")) {
      throw FailureException.unreadable("Send one Host header and a path.");
    }
    ctx.next();
  }
}
