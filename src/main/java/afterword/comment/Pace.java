package afterword.comment;

import afterword.db.Database;
import afterword.events.Event;
import afterword.events.Follower;
import afterword.events.PlacedEvent;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/**
 * How many comments a site is sent, through all processes: the last minute is counted as events
 * tell of it; what is usual is asked of the database, and only once a site is busy.
 */
public final class Pace implements Follower {
  /** Fewer comments a minute are never unusual. */
  static final int FEWEST = 30;

  /**
   * So many times the last day's average are: between night and evening it differs about as much.
   */
  static final int TIMES_USUAL = 3;

  private static final int MOST_SITES = 10_000;
  private static final Duration A_DAY = Duration.ofDays(1);

  private final Database database;
  private final Clock clock;
  private final Cache<Integer, Minute> siteToLately =
      Caffeine.newBuilder()
          .maximumSize(MOST_SITES)
          .expireAfterAccess(Duration.ofMinutes(2))
          .build();
  private final Cache<Integer, Double> siteToUsual =
      Caffeine.newBuilder()
          .maximumSize(MOST_SITES)
          .expireAfterWrite(Duration.ofMinutes(10))
          .build();

  public Pace(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void heard(List<PlacedEvent> events) {
    for (PlacedEvent placed : events) {
      Event event = placed.event();
      if (event.kind() == Event.Kind.COMMENT_ADDED)
        siteToLately.get(event.siteId(), site -> new Minute()).add(placed.at().getEpochSecond());
    }
  }

  @Override
  public void missed() {
    siteToLately.invalidateAll();
  }

  /** Whether the site is sent far more than usual at the moment. */
  Future<Boolean> isUnusual(int site) {
    Minute minute = siteToLately.getIfPresent(site);
    int lately = minute == null ? 0 : minute.count(clock.instant().getEpochSecond());
    if (lately < FEWEST) return Future.succeededFuture(false);
    return usual(site).map(perMinute -> lately > TIMES_USUAL * perMinute);
  }

  private Future<Double> usual(int site) {
    Double known = siteToUsual.getIfPresent(site);
    if (known != null) return Future.succeededFuture(known);
    return publishedIn(site, clock.instant())
        .map(published -> published / (double) A_DAY.toMinutes())
        .onSuccess(perMinute -> siteToUsual.put(site, perMinute));
  }

  private static final String PUBLISHED =
      """
      select count(*) from comment
      where site_id = $1 and status = 'published' and created_at > $2 and created_at <= $3
      """;

  private Future<Long> publishedIn(int site, Instant now) {
    var parameters =
        Tuple.of(site, now.minus(A_DAY).atOffset(ZoneOffset.UTC), now.atOffset(ZoneOffset.UTC));
    return database
        .readCurrent(reads -> reads.preparedQuery(PUBLISHED).execute(parameters))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** Counts per second, the oldest of sixty given up for the newest. */
  private static final class Minute {
    private final int[] counts = new int[60];
    private long newest;

    /** What is told of late, as of an import, is no longer lately. */
    synchronized void add(long second) {
      moveTo(second);
      if (second <= newest - counts.length) return;
      counts[Math.floorMod(second, counts.length)]++;
    }

    synchronized int count(long second) {
      moveTo(second);
      return Arrays.stream(counts).sum();
    }

    private void moveTo(long second) {
      long from = Math.max(newest + 1, second - counts.length + 1);
      for (long s = from; s <= second; s++) counts[Math.floorMod(s, counts.length)] = 0;
      newest = Math.max(newest, second);
    }
  }
}
