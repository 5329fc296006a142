package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** A body that takes too long to arrive ends in 408 and a closed connection, wanted or not. */
public final class BodyDeadline implements Handler<RoutingContext> {
  private final Vertx vertx;
  private final Duration within;

  public BodyDeadline(Vertx vertx, Duration within) {
    this.vertx = vertx;
    this.within = within;
  }

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (!request.isEnded() && hasBody(request)) {
      long timer = vertx.setTimer(within.toMillis(), id -> late(ctx));
      request.end().onComplete(arrivedOrGone -> vertx.cancelTimer(timer));
    }
    ctx.next();
  }

  private static boolean hasBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private void late(RoutingContext ctx) {
    if (ctx.response().ended()) {
      ctx.request().connection().close();
    } else {
      ctx.fail(
          new FailureException(
              new Failure.TimedOut(
                  "The body did not arrive within " + within.toSeconds() + " s.")));
    }
  }
}
