package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets so many requests of this process work at once. A few more wait for their turn, for a moment,
 * so that a short stall refuses nobody; beyond that the answer is 503, before any work was done.
 * Comes after the body: who has not sent it yet has no turn.
 */
public final class Line implements Handler<RoutingContext> {
  private final Vertx vertx;
  private final Semaphore places;
  private final int longest;
  private final Duration patience;
  private final AtomicInteger length = new AtomicInteger();
  private final ConcurrentLinkedQueue<Waiting> line = new ConcurrentLinkedQueue<>();

  /**
   * @param longest how many may wait
   * @param patience how long
   */
  public Line(Vertx vertx, int atOnce, int longest, Duration patience) {
    this.vertx = vertx;
    this.places = new Semaphore(atOnce);
    this.longest = longest;
    this.patience = patience;
  }

  @Override
  public void handle(RoutingContext ctx) {
    if (line.isEmpty() && places.tryAcquire()) {
      begin(ctx);
      return;
    }
    if (length.incrementAndGet() > longest) {
      length.decrementAndGet();
      refuse(ctx);
      return;
    }
    var waiting = new Waiting(ctx, vertx.getOrCreateContext());
    line.add(waiting);
    vertx.setTimer(
        patience.toMillis(),
        over -> {
          if (waiting.leave()) refuse(ctx);
        });
    ctx.addEndHandler(endedOrGone -> waiting.leave());
    advance();
  }

  /** Whoever waits longest, as long as there are places. */
  private void advance() {
    while (places.tryAcquire()) {
      Optional<Waiting> next = next();
      if (next.isEmpty()) {
        places.release();
        // Somebody may have come between the look and the release.
        if (line.isEmpty()) return;
      } else {
        Waiting turn = next.get();
        turn.context.runOnContext(now -> begin(turn.ctx));
      }
    }
  }

  private Optional<Waiting> next() {
    for (Waiting one = line.poll(); one != null; one = line.poll())
      if (one.leave()) return Optional.of(one);
    return Optional.empty();
  }

  private void begin(RoutingContext ctx) {
    if (ctx.response().ended() || ctx.response().closed()) {
      free();
      return;
    }
    var left = new AtomicBoolean();
    ctx.addEndHandler(
        endedOrGone -> {
          if (left.compareAndSet(false, true)) free();
        });
    ctx.next();
  }

  private void free() {
    places.release();
    advance();
  }

  private static void refuse(RoutingContext ctx) {
    ctx.fail(
        new FailureException(
            new Failure.Unavailable("Too much to do right now. Try again in 1 s.", 1)));
  }

  private final class Waiting {
    private final RoutingContext ctx;
    private final Context context;
    private final AtomicBoolean gone = new AtomicBoolean();

    Waiting(RoutingContext ctx, Context context) {
      this.ctx = ctx;
      this.context = context;
    }

    /** Whether it still waited. */
    boolean leave() {
      if (!gone.compareAndSet(false, true)) return false;
      length.decrementAndGet();
      line.remove(this);
      return true;
    }
  }
}
