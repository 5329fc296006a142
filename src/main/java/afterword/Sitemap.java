package afterword;

import afterword.http.MatchedRoute;
import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Builds a router line by line, remembers the lines, and ends each path in 405 and all in 404. */
final class Sitemap {
  /** One route, its path as vertx-web spells it: "/c/:id". */
  record Line(String method, String path) {}

  private final Router router;
  private final List<Line> lines = new ArrayList<>();

  Sitemap(Router router) {
    this.router = router;
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Routes that share what comes before them. */
  @SafeVarargs
  final Group group(Handler<RoutingContext>... before) {
    return new Group(List.of(before));
  }

  /** To be called after the last line. */
  void end() {
    var pathToMethods = new LinkedHashMap<String, TreeSet<String>>();
    for (Line line : lines) {
      TreeSet<String> methods = pathToMethods.computeIfAbsent(line.path(), path -> new TreeSet<>());
      methods.add(line.method());
      if (line.method().equals("GET")) methods.add("HEAD");
    }
    for (Map.Entry<String, TreeSet<String>> entry : pathToMethods.entrySet()) {
      var failure =
          new Failure.MethodNotAllowed(
              "This address knows other methods.", String.join(", ", entry.getValue()));
      router.route(entry.getKey()).handler(ctx -> ctx.fail(new FailureException(failure)));
    }
    router
        .route()
        .handler(ctx -> ctx.fail(FailureException.notFound("There is nothing at this address.")));
  }

  final class Group {
    private final List<Handler<RoutingContext>> before;

    private Group(List<Handler<RoutingContext>> before) {
      this.before = before;
    }

    /** Answers HEAD too. */
    Group get(String path, Handler<RoutingContext> handler) {
      return add(HttpMethod.GET, path, handler);
    }

    Group post(String path, Handler<RoutingContext> handler) {
      return add(HttpMethod.POST, path, handler);
    }

    Group put(String path, Handler<RoutingContext> handler) {
      return add(HttpMethod.PUT, path, handler);
    }

    Group patch(String path, Handler<RoutingContext> handler) {
      return add(HttpMethod.PATCH, path, handler);
    }

    Group delete(String path, Handler<RoutingContext> handler) {
      return add(HttpMethod.DELETE, path, handler);
    }

    private Group add(HttpMethod method, String path, Handler<RoutingContext> handler) {
      Route route = router.route(path).method(method);
      if (method == HttpMethod.GET) route.method(HttpMethod.HEAD);
      route.handler(new MatchedRoute(path));
      before.forEach(route::handler);
      route.handler(handler);
      lines.add(new Line(method.name(), path));
      return this;
    }
  }
}
