package afterword.moderation;

import afterword.auth.Guard;
import afterword.auth.Moderator;
import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.db.Database;
import afterword.events.Event;
import afterword.events.EventFeed;
import afterword.events.Follower;
import afterword.events.PlacedEvent;
import afterword.http.Query;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.site.Sites;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What happens on a moderator's sites, while it happens: {@code /api/v1/admin/live}. How many
 * comments wait, and which ones were decided, by whom. Each time it is asked anew whether the
 * moderator may still know.
 */
public final class DeskLiveApi implements Follower {
  private static final int RETRY_MILLIS = 3_000;
  private static final int BEAT_MILLIS = 10_000;

  /** What happens within so long is told at once. */
  private static final int GATHER_MILLIS = 250;

  private static final int AGAIN_MILLIS = 1_000;
  private static final int MOST_PER_MODERATOR = 20;
  private static final int MOST_TOLD = 500;

  private final Vertx vertx;
  private final Guard guard;
  private final VisibleSites visible;
  private final QueueStore queue;
  private final DecidedStore decided;
  private final Context context;
  private final Set<DeskStream> streams = ConcurrentHashMap.newKeySet();
  private volatile long timer;
  private volatile boolean closing;

  // On the context.
  private final Set<Integer> touched = new HashSet<>();
  private final Set<PublicId> changed = new LinkedHashSet<>();
  private boolean gathering;

  DeskLiveApi(Vertx vertx, Guard guard, Sites sites, Database database, EventFeed feed) {
    this.vertx = vertx;
    this.guard = guard;
    this.visible = new VisibleSites(sites);
    this.queue = new QueueStore(database);
    this.decided = new DecidedStore(database);
    this.context = vertx.getOrCreateContext();
    feed.follow(this);
  }

  public void start() {
    timer = vertx.setPeriodic(BEAT_MILLIS, fired -> beat());
  }

  /** Ends all streams; their readers come back to whoever serves then. */
  public void close() {
    closing = true;
    vertx.cancelTimer(timer);
    streams.forEach(DeskStream::end);
  }

  /** {@code GET live?site}. */
  public void show(RoutingContext ctx) {
    Moderator moderator = Guard.moderator(ctx);
    var site = Query.one(ctx, "site").filter(key -> !key.isEmpty());
    Context loop = vertx.getOrCreateContext();
    visible
        .of(moderator, site)
        .onComplete(
            found ->
                loop.runOnContext(
                    now -> {
                      if (found.succeeded()) open(ctx, loop, moderator, found.result());
                      else ctx.fail(found.cause());
                    }));
  }

  private void open(RoutingContext ctx, Context loop, Moderator moderator, Set<Integer> sites) {
    if (ctx.request().method() == HttpMethod.HEAD || ctx.response().closed()) {
      ctx.response().end();
      return;
    }
    if (closing) {
      ctx.fail(new FailureException(new Failure.Unavailable("Come back in 1 s.", 1)));
      return;
    }
    if (streams.stream().filter(s -> s.moderator == moderator.id()).count() >= MOST_PER_MODERATOR) {
      ctx.fail(
          new FailureException(
              new Failure.TooMany("Too many streams of yours are open. Close some pages.", 30)));
      return;
    }
    var stream = new DeskStream(ctx, moderator.id(), sites, loop);
    streams.add(stream);
    ctx.addEndHandler(endedOrBroken -> streams.remove(stream));
    stream.begin(RETRY_MILLIS);
    if (closing) stream.end();
    else queue.waiting(stream.sites).onSuccess(count -> stream.tell("waiting", waiting(count)));
  }

  @Override
  public void heard(List<PlacedEvent> events) {
    if (streams.isEmpty()) return;
    context.runOnContext(now -> events.forEach(placed -> note(placed.event())));
  }

  private void note(Event event) {
    switch (event.kind()) {
      case COMMENT_ADDED -> touched.add(event.siteId());
      case COMMENT_CHANGED -> {
        touched.add(event.siteId());
        if (changed.size() < MOST_TOLD)
          changed.add(new PublicId(event.siteId(), event.commentId()));
      }
      default -> {
        return;
      }
    }
    gather(GATHER_MILLIS);
  }

  @Override
  public void missed() {
    context.runOnContext(
        now -> {
          streams.forEach(stream -> touched.addAll(stream.sites));
          gather(GATHER_MILLIS);
        });
  }

  private void gather(int millis) {
    if (gathering || closing) return;
    gathering = true;
    vertx.setTimer(millis, fired -> context.runOnContext(now -> tell()));
  }

  private void tell() {
    gathering = false;
    var sites = Set.copyOf(touched);
    var ids = List.copyOf(changed);
    touched.clear();
    changed.clear();
    decided
        .of(ids)
        .compose(items -> tell(sites, items))
        .onFailure(
            away ->
                context.runOnContext(
                    now -> {
                      touched.addAll(sites);
                      changed.addAll(ids);
                      gather(AGAIN_MILLIS);
                    }));
  }

  private Future<Void> tell(Set<Integer> sites, Map<Integer, JsonArray> siteToItems) {
    Map<Set<Integer>, Future<Long>> counts = new HashMap<>();
    var telling = new ArrayList<Future<Void>>();
    for (DeskStream stream : streams) {
      if (stream.sites.stream().noneMatch(sites::contains)) continue;
      Future<Long> count = counts.computeIfAbsent(stream.sites, queue::waiting);
      telling.add(
          count.compose(
              n ->
                  whileAllowed(
                      stream,
                      () -> {
                        var items = new JsonArray();
                        for (int site : stream.sites)
                          items.addAll(siteToItems.getOrDefault(site, new JsonArray()));
                        stream.tell("waiting", waiting(n));
                        if (!items.isEmpty())
                          stream.tell("decided", new JsonObject().put("items", items));
                      })));
    }
    return Future.all(telling).mapEmpty();
  }

  private void beat() {
    for (DeskStream stream : streams) whileAllowed(stream, stream::beat);
  }

  /** Where the session, the token or the role has ended, so does the stream. */
  private Future<Void> whileAllowed(DeskStream stream, Runnable what) {
    return guard
        .again(stream.request, Scope.QUEUE_READ)
        .transform(
            found -> {
              boolean away =
                  found.failed()
                      && found.cause() instanceof FailureException failed
                      && failed.failure() instanceof Failure.Unavailable;
              boolean allowed =
                  found.succeeded() && found.result().sites(Role.VIEWER).containsAll(stream.sites);
              if (allowed) what.run();
              else if (!away) stream.end();
              return Future.succeededFuture();
            });
  }

  private static JsonObject waiting(long count) {
    return new JsonObject().put("waiting", count);
  }
}
