package afterword.ops;

import afterword.http.MatchedRoute;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Names a request's span by its route, which is known only once the router has been through it. */
final class RouteSpans implements Handler<RoutingContext> {
  @Override
  public void handle(RoutingContext ctx) {
    Span span = Span.current();
    ctx.addHeadersEndHandler(
        answering -> {
          String route = MatchedRoute.of(ctx);
          if (route.isEmpty()) return;
          span.setAttribute("http.route", route);
          span.updateName(ctx.request().method() + " " + route);
        });
  }
}
