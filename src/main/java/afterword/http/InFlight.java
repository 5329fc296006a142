package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Sheds load: beyond so many requests at once in this process the answer is 503, at once. */
public final class InFlight implements Handler<RoutingContext> {
  private final int most;
  private final AtomicInteger count = new AtomicInteger();

  public InFlight(int most) {
    this.most = most;
  }

  public int count() {
    return count.get();
  }

  @Override
  public void handle(RoutingContext ctx) {
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      ctx.fail(
          new FailureException(
              new Failure.Unavailable("Too much to do right now. Try again in 1 s.", 1)));
      return;
    }
    var left = new AtomicBoolean();
    ctx.addEndHandler(
        endedOrGone -> {
          if (left.compareAndSet(false, true)) count.decrementAndGet();
        });
    ctx.next();
  }
}
