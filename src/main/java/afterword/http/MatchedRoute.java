package afterword.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Which line of the sitemap a request came to, for metrics and traces, also once it has failed. */
public final class MatchedRoute implements Handler<RoutingContext> {
  private static final String KEY = "afterword.route";

  private final String path;

  /**
   * @param path as the sitemap spells it, such as "/c/:id"
   */
  public MatchedRoute(String path) {
    this.path = path;
  }

  @Override
  public void handle(RoutingContext ctx) {
    ctx.put(KEY, path);
    ctx.next();
  }

  /** Empty where no line matched. */
  public static String of(RoutingContext ctx) {
    String path = ctx.get(KEY);
    return path == null ? "" : path;
  }
}
