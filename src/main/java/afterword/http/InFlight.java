package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests being worked on and sheds what is too much, so that nothing hangs. */
public final class InFlight implements Handler<RoutingContext> {
  private final int most;
  private final AtomicInteger now = new AtomicInteger();

  public InFlight(int most) {
    this.most = most;
  }

  @Override
  public void handle(RoutingContext ctx) {
    int count = now.incrementAndGet();
    ctx.addEndHandler(done -> now.decrementAndGet());
    if (count > most) throw new FailureException(new Failure.Unavailable("Too busy. Try again in a second.", 1));
    ctx.next();
  }

  public int count() {
    return now.get();
  }
}
