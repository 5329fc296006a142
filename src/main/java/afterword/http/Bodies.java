package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Reads a request's body into memory, within a size and a time. */
public final class Bodies {
  private static final long MILLIS = 10_000;
  private static final String TIMER = "body-timer";

  private Bodies() {}

  /** Two handlers in one: put it before what needs the body. */
  public static Handler<RoutingContext> upTo(int bytes) {
    BodyHandler reader = BodyHandler.create(false).setBodyLimit(bytes);
    return ctx -> {
      long timer =
          ctx.vertx()
              .setTimer(
                  MILLIS,
                  fired -> ctx.fail(new FailureException(new Failure.TimedOut("The body did not arrive within 10 s."))));
      ctx.put(TIMER, timer);
      ctx.addEndHandler(done -> ctx.vertx().cancelTimer(timer));
      reader.handle(ctx);
    };
  }

  /** The body is here: the clock stops. */
  public static void arrived(RoutingContext ctx) {
    Long timer = ctx.get(TIMER);
    if (timer != null) ctx.vertx().cancelTimer(timer);
    ctx.next();
  }
}
