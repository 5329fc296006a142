package afterword.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;

/**
 * While the process is leaving, every answer is the last one on its connection: balancers that keep
 * connections open come back to another process, before this one closes its port.
 */
public final class Farewell implements Handler<RoutingContext> {
  private final BooleanSupplier leaving;

  public Farewell(BooleanSupplier leaving) {
    this.leaving = leaving;
  }

  @Override
  public void handle(RoutingContext ctx) {
    if (leaving.getAsBoolean() && ctx.request().version() != HttpVersion.HTTP_2) {
      ctx.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      ctx.addEndHandler(sent -> ctx.request().connection().close());
    }
    ctx.next();
  }
}
