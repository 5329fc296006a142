package afterword.site;

import afterword.db.SharedReads;
import afterword.events.Event;
import afterword.events.EventFeed;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Problem;
import afterword.model.Site;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Sites by key and by number, remembered for a few seconds and dropped as soon as one changes. */
public final class Sites {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final SiteStore store;
  private final String ownOrigin;
  private final Clock clock;
  private final Cache<Object, Known> cache = Caffeine.newBuilder().maximumSize(10_000).build();
  private final SharedReads<Object, Known> reads = new SharedReads<>();

  /**
   * @param suspect whether a change may have been missed since
   */
  private record Known(Optional<Site> site, Instant at, boolean suspect) {}

  /**
   * @param publicBaseUrl pages of ours may always post
   */
  public Sites(SiteStore store, EventFeed feed, String publicBaseUrl, Clock clock) {
    this.store = store;
    this.ownOrigin = Origins.of(publicBaseUrl).orElseThrow();
    this.clock = clock;
    feed.listen(
        event -> {
          if (event.kind() == Event.Kind.SITE_CHANGED) forget();
        });
    feed.onMissed(this::suspectAll);
  }

  private void forget() {
    reads.outdate();
    cache.invalidateAll();
  }

  /** All are asked for anew; what is known is kept for as long as the database gives no answer. */
  private void suspectAll() {
    reads.outdate();
    cache.asMap().replaceAll((which, known) -> new Known(known.site(), known.at(), true));
  }

  /** Fails with "not found" where no site has that key. */
  public Future<Site> byKey(String key) {
    if (!key.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) return missing(key);
    return known(key, () -> store.byKey(key))
        .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> missing(key)));
  }

  public Future<Optional<Site>> byId(int id) {
    return known(id, () -> store.byId(id));
  }

  /** While the database is away, what was known a while ago is better than nothing to read. */
  private Future<Optional<Site>> known(Object which, Supplier<Future<Optional<Site>>> question) {
    Known known = cache.getIfPresent(which);
    if (isFresh(known)) return Future.succeededFuture(known.site());
    return reads
        .ask(
            which,
            () -> Optional.ofNullable(cache.getIfPresent(which)).filter(this::isFresh),
            () -> question.get().map(found -> new Known(found, clock.instant(), false)),
            found -> cache.put(which, found))
        .map(Known::site)
        .recover(
            cause ->
                known != null && isWithin(KEPT, known) && isNotNow(cause)
                    ? Future.succeededFuture(known.site())
                    : Future.failedFuture(cause));
  }

  private boolean isFresh(Known known) {
    return known != null && !known.suspect() && isWithin(FRESH, known);
  }

  private boolean isWithin(Duration time, Known known) {
    return known.at().plus(time).isAfter(clock.instant());
  }

  private static boolean isNotNow(Throwable cause) {
    return cause instanceof FailureException failed
        && failed.failure() instanceof Failure.Unavailable;
  }

  /** Refuses a request that does not come from one of the site's pages or from ours. */
  public void requireOrigin(RoutingContext ctx, Site site) {
    List<String> origins = ctx.request().headers().getAll("Origin");
    boolean one = origins.size() == 1;
    if (one && (site.allows(origins.get(0)) || ownOrigin.equals(origins.get(0)))) return;
    String origin = one ? origins.get(0) : origins.isEmpty() ? "no origin" : "several origins";
    throw FailureException.refused(
        Problem.ORIGIN_NOT_ALLOWED,
        "The site \""
            + site.key()
            + "\" does not take posts from "
            + shortened(origin)
            + ". Its owner can add the origin to the site.");
  }

  /** Refuses a form that does not come from a page of ours. */
  public void requireOwnOrigin(RoutingContext ctx) {
    if (ctx.request().headers().getAll("Origin").equals(List.of(ownOrigin))) return;
    throw FailureException.refused(
        Problem.ORIGIN_NOT_ALLOWED, "Send the form from the page that shows it.");
  }

  private static String shortened(String origin) {
    return origin.length() <= 100 ? origin : origin.substring(0, 100) + "…";
  }

  private static Future<Site> missing(String key) {
    return Future.failedFuture(FailureException.notFound("There is no site with this key."));
  }
}
