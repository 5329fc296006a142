package afterword.live;

import afterword.events.EventFeed;
import afterword.events.EventHistory;
import afterword.events.Position;
import afterword.http.ClientAddress;
import afterword.http.ConnectionCounts;
import afterword.http.Query;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.Site;
import afterword.page.PageIdentity;
import afterword.page.PageNumbers;
import afterword.site.Sites;
import afterword.thread.PublicComments;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/** Streams of what happens on a page. So many per address and per process, and no more. */
public final class LiveApi {
  private static final int BEAT_MILLIS = 15_000;
  private static final int SOONEST_RETRY_MILLIS = 1_000;
  private static final int LATEST_RETRY_MILLIS = 5_000;
  private static final int AGAIN_SECONDS = 30;

  private final Vertx vertx;
  private final Sites sites;
  private final ClientAddress addresses;
  private final RandomGenerator random;
  private final int most;
  private final ConnectionCounts perAddress;
  private final Channels channels;
  private final Broadcast broadcast;
  private final Resuming resuming;
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder dropped = new LongAdder();
  private volatile long timer;
  private volatile boolean closing;

  /**
   * @param most streams at once, and as many of one address
   */
  public LiveApi(
      Vertx vertx,
      Sites sites,
      EventFeed feed,
      EventHistory history,
      PageNumbers pages,
      PublicComments comments,
      ClientAddress addresses,
      RandomGenerator random,
      int most,
      int mostPerAddress) {
    this.vertx = vertx;
    this.sites = sites;
    this.addresses = addresses;
    this.random = random;
    this.most = most;
    this.perAddress = new ConnectionCounts(mostPerAddress);
    this.channels = new Channels(pages);
    var telling = new Telling(comments);
    this.broadcast = new Broadcast(vertx, feed, channels, telling);
    this.resuming = new Resuming(history, telling);
    feed.follow(broadcast);
  }

  public void start() {
    timer = vertx.setPeriodic(BEAT_MILLIS, fired -> beat());
  }

  /** Ends all streams; their readers come back in a moment, not all in the same one. */
  public void close() {
    closing = true;
    vertx.cancelTimer(timer);
    broadcast.stop();
    channels.each(subscriber -> subscriber.end(retryMillis()));
  }

  public int subscribers() {
    return open.get();
  }

  /** How many were closed because they did not read. */
  public long dropped() {
    return dropped.sum();
  }

  /** GET /api/v1/sites/{site}/live */
  public void show(RoutingContext ctx) {
    sites.byKey(ctx.pathParam("site")).compose(site -> show(ctx, site)).onFailure(ctx::fail);
  }

  private Future<Void> show(RoutingContext ctx, Site site) {
    String page = PageIdentity.keyOf(bounded(Query.required(ctx, "page")));
    Optional<String> after = lastSeen(ctx);
    if (ctx.request().method() == HttpMethod.HEAD) return headers(ctx.response()).end();
    admit(ctx);
    Context loop = vertx.getOrCreateContext();
    channels
        .join(site, page)
        .onComplete(
            joined ->
                loop.runOnContext(
                    now -> {
                      if (joined.succeeded()) subscribe(ctx, loop, joined.result(), after);
                      else ctx.fail(joined.cause());
                    }));
    return Future.succeededFuture();
  }

  private static String bounded(String page) {
    if (page.length() <= 2 * Limits.PAGE_URL) return page;
    throw Query.wrong("page", "too-long", "No page has a name or an address as long as this.");
  }

  /** What the browser sends when it comes back, else what the page was read with. */
  private static Optional<String> lastSeen(RoutingContext ctx) {
    Optional<String> read = Query.one(ctx, "after");
    List<String> ids = ctx.request().headers().getAll("Last-Event-ID");
    return ids.isEmpty() ? read : Optional.of(String.join(",", ids));
  }

  private void admit(RoutingContext ctx) {
    if (closing) throw new FailureException(new Failure.Unavailable("Come back in 1 s.", 1));
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      throw new FailureException(
          new Failure.Unavailable(
              "Too many look on right now. Try again in " + AGAIN_SECONDS + " s.", AGAIN_SECONDS));
    }
    byte[] address = addresses.of(ctx);
    if (!perAddress.enter(address)) {
      open.decrementAndGet();
      throw new FailureException(
          new Failure.TooMany(
              "Too many streams to one address. Try again in " + AGAIN_SECONDS + " s.",
              AGAIN_SECONDS));
    }
    once(
        ctx,
        () -> {
          open.decrementAndGet();
          perAddress.leave(address);
        });
  }

  private void subscribe(
      RoutingContext ctx, Context loop, Channel channel, Optional<String> after) {
    if (ctx.response().closed() || ctx.response().ended()) {
      channels.leave(channel);
      return;
    }
    Optional<Position> seen = after.flatMap(Position::parse);
    boolean lost = after.isPresent() && seen.isEmpty();
    Position start = broadcast.done();
    var subscriber = new Subscriber(ctx.request(), seen.orElse(null), dropped::increment);
    channel.add(subscriber, loop);
    once(
        ctx,
        () -> {
          channel.remove(subscriber);
          channels.leave(channel);
        });
    headers(ctx.response()).setChunked(true);
    ctx.response().write("retry: " + retryMillis() + "\n\n");
    if (closing) subscriber.end(retryMillis());
    else if (lost) subscriber.resumed(Piece.reload(start).bytes(), start);
    else if (seen.isEmpty()) subscriber.resumed(Piece.mark(start).bytes(), start);
    else resume(loop, channel, subscriber, seen.get(), start);
  }

  /** Where the database is away, the reader comes back with what it came with. */
  private void resume(
      Context loop, Channel channel, Subscriber subscriber, Position seen, Position start) {
    resuming
        .since(channel, seen, start)
        .onComplete(
            missed ->
                loop.runOnContext(
                    now -> {
                      if (missed.failed()) subscriber.end(LATEST_RETRY_MILLIS);
                      else subscriber.resumed(missed.result().bytes(), missed.result().upTo());
                    }));
  }

  private void beat() {
    Piece mark = Piece.mark(broadcast.done());
    channels.each(subscriber -> subscriber.beat(mark));
  }

  private int retryMillis() {
    return random.nextInt(SOONEST_RETRY_MILLIS, LATEST_RETRY_MILLIS);
  }

  private static HttpServerResponse headers(HttpServerResponse response) {
    return response
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no");
  }

  private static void once(RoutingContext ctx, Runnable left) {
    var gone = new AtomicBoolean();
    ctx.addEndHandler(
        endedOrBroken -> {
          if (gone.compareAndSet(false, true)) left.run();
        });
  }
}
