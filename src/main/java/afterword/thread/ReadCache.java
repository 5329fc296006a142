package afterword.thread;

import afterword.model.Failure;
import afterword.model.FailureException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Encoded answers of one process, bounded by bytes. An event drops what it touched; what no event
 * touched is asked for again after a while, for the case that an event was lost. While the database
 * is away the last copy is served, ten minutes at most. Readers of the same cold answer share one
 * load.
 */
public final class ReadCache {
  /** The answer says that there is nothing on a page; any event of the site may change that. */
  static final long UNKNOWN_PAGE = 0;

  /** The answer depends on every thread of the site. */
  static final long WHOLE_SITE = -1;

  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final Clock clock;
  private final Cache<Key, Encoded> kept;
  private final ThreadIndex index = new ThreadIndex();
  private final Map<Key, Load> joinable = new ConcurrentHashMap<>();
  private final Set<Load> running = ConcurrentHashMap.newKeySet();

  public ReadCache(Clock clock, long maxBytes) {
    this.clock = clock;
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((Key key, Encoded answer) -> answer.weight() + 2 * key.asked().length())
            .executor(Runnable::run)
            .recordStats()
            .removalListener((Key key, Encoded answer, RemovalCause cause) -> removed(key, answer))
            .build();
  }

  /** How much of the memory is for answers: an eighth, 256 MiB at the most. */
  public static long shareOf(long heapBytes) {
    return Math.min(heapBytes / 8, 256L << 20);
  }

  /** For who counts hits and misses. */
  public Cache<?, ?> measured() {
    return kept;
  }

  /** What was asked of a site, spelled out. */
  record Key(int site, String asked) {}

  /**
   * An answer to send.
   *
   * @param staleSeconds how old it is where the database could not be asked, otherwise 0
   */
  record Hit(Key key, Encoded answer, long staleSeconds) {}

  /** The answer where it is at hand and fresh; otherwise null. */
  Encoded fresh(Key key) {
    Encoded present = kept.getIfPresent(key);
    return present != null && isFresh(present) ? present : null;
  }

  /** The answer, on the caller's context. */
  Future<Hit> get(Key key, Supplier<Future<Encoded>> source) {
    Encoded present = kept.getIfPresent(key);
    if (present != null && isFresh(present))
      return Future.succeededFuture(new Hit(key, present, 0));
    return load(key, source)
        .map(answer -> new Hit(key, answer, 0))
        .recover(cause -> staleOr(cause, key, present));
  }

  /** Something changed in a thread. Loads that may have begun before the change are not kept. */
  public void drop(int site, long thread) {
    outdate(load -> load.key.site() == site, thread);
    for (long scope : new long[] {thread, WHOLE_SITE, UNKNOWN_PAGE}) {
      index.keys(site, scope).forEach(kept::invalidate);
    }
  }

  /** Settings of a site changed. */
  public void dropSite(int site) {
    outdate(load -> load.key.site() == site, WHOLE_SITE);
    kept.asMap().keySet().removeIf(key -> key.site() == site);
  }

  /**
   * Events may have been missed: everything is asked for anew. What is there is kept for as long as
   * the database, which has just been lost, gives no answer.
   */
  public void suspectAll() {
    outdate(load -> true, WHOLE_SITE);
    kept.asMap().values().forEach(Encoded::suspect);
  }

  long weight() {
    kept.cleanUp();
    return kept.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }

  int indexed() {
    return index.size();
  }

  private Future<Encoded> load(Key key, Supplier<Future<Encoded>> source) {
    var mine = new Load(key);
    Load load = joinable.computeIfAbsent(key, absent -> mine);
    if (load == mine) start(mine, source);
    return onCallersContext(load.promise.future());
  }

  /** Somebody may have loaded and kept it since it was last looked for. */
  private void start(Load load, Supplier<Future<Encoded>> source) {
    running.add(load);
    Encoded present = kept.policy().getIfPresentQuietly(load.key);
    boolean isKept = present != null && isFresh(present);
    Future<Encoded> answer = isKept ? Future.succeededFuture(present) : source.get();
    answer.onComplete(
        result -> {
          if (result.succeeded() && !isKept) keep(load, result.result());
          running.remove(load);
          joinable.remove(load.key, load);
          load.promise.handle(result);
        });
  }

  /** Indexed before the second look: an event in between finds the entry or has left its mark. */
  private void keep(Load load, Encoded answer) {
    if (load.outdates(answer)) return;
    kept.put(load.key, answer);
    index.add(load.key, answer);
    if (load.outdates(answer)) kept.asMap().remove(load.key, answer);
  }

  /** The notice may come after the next answer was kept. */
  private void removed(Key key, Encoded answer) {
    index.remove(key, answer);
    Encoded next = kept.asMap().get(key);
    if (next != null && next != answer) index.add(key, next);
  }

  /** Who asks from now on gets a load that begins after the change. */
  private void outdate(Predicate<Load> which, long thread) {
    for (Load load : running) {
      if (!which.test(load)) continue;
      load.touched.add(thread);
      joinable.remove(load.key, load);
    }
  }

  private Future<Hit> staleOr(Throwable cause, Key key, Encoded present) {
    boolean away =
        cause instanceof FailureException failed && failed.failure() instanceof Failure.Unavailable;
    if (!away || present == null || age(present).compareTo(KEPT) > 0)
      return Future.failedFuture(cause);
    return Future.succeededFuture(new Hit(key, present, Math.max(1, age(present).toSeconds())));
  }

  private boolean isFresh(Encoded answer) {
    return !answer.isSuspect() && age(answer).compareTo(FRESH) < 0;
  }

  private Duration age(Encoded answer) {
    return Duration.between(answer.loadedAt(), clock.instant());
  }

  /**
   * A shared future's handlers run where the load ran; the caller must go on where it came from.
   */
  static <T> Future<T> onCallersContext(Future<T> shared) {
    Context caller = Vertx.currentContext();
    if (caller == null || shared.isComplete()) return shared;
    Promise<T> mine = Promise.promise();
    shared.onComplete(result -> caller.runOnContext(now -> mine.handle(result)));
    return mine.future();
  }

  /** One question under way, and which threads changed since it began. */
  private static final class Load {
    final Key key;
    final Promise<Encoded> promise = Promise.promise();
    final Set<Long> touched = ConcurrentHashMap.newKeySet();

    Load(Key key) {
      this.key = key;
    }

    boolean outdates(Encoded answer) {
      if (touched.isEmpty()) return false;
      Set<Long> threads = answer.threads();
      return touched.contains(WHOLE_SITE)
          || threads.contains(WHOLE_SITE)
          || threads.contains(UNKNOWN_PAGE)
          || threads.stream().anyMatch(touched::contains);
    }
  }
}
