package afterword.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.db.AtOnce;
import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadCacheTest {
  private static final int KEYS = 10_000;
  private static final ReadCache.Key KEY = new ReadCache.Key(1, "thread");

  private final Hands clock = new Hands();
  private final ReadCache cache = new ReadCache(clock, 1_000_000);
  private int loads;

  @Test
  void loads_once_and_answers_from_memory() {
    assertEquals("a", get(source("a", 7)));
    assertEquals("a", get(source("b", 7)));
    assertEquals(1, loads);
  }

  @Test
  void an_event_drops_what_it_touched_and_nothing_else() {
    get(source("a", 7));
    cache.drop(1, 8);
    cache.drop(2, 7);
    assertEquals("a", get(source("b", 7)));

    cache.drop(1, 7);

    assertEquals("b", get(source("b", 7)));
  }

  @Test
  void any_event_of_the_site_drops_what_was_empty_or_of_the_whole_site() {
    for (long scope : new long[] {ReadCache.UNKNOWN_PAGE, ReadCache.WHOLE_SITE}) {
      get(source("a", scope));
      cache.drop(1, 99);
      assertEquals("b", get(source("b", scope)));
      cache.suspectAll();
    }
  }

  @Test
  void readers_of_a_cold_answer_share_one_load() {
    Promise<Encoded> slow = Promise.promise();
    Future<ReadCache.Hit> first = cache.get(KEY, counted(slow.future()));
    Future<ReadCache.Hit> second = cache.get(KEY, counted(slow.future()));

    slow.complete(answer("a", 7));

    assertEquals(1, loads);
    assertEquals("a", text(first));
    assertEquals("a", text(second));
  }

  @Test
  void readers_on_several_threads_share_one_load_whenever_they_come() {
    var all = new AtomicInteger();
    var large = new ReadCache(clock, 1_000_000_000);
    Encoded[] answers =
        IntStream.range(0, 500).mapToObj(n -> answer("a", n)).toArray(Encoded[]::new);
    IntFunction<Supplier<Future<Encoded>>> source =
        n ->
            () -> {
              all.incrementAndGet();
              return Future.succeededFuture(answers[n % answers.length]);
            };

    AtOnce.onEach(KEYS, n -> large.get(new ReadCache.Key(1, "thread " + n), source.apply(n)));

    assertEquals(KEYS, all.get());
  }

  @Test
  void a_load_that_began_before_an_event_is_not_kept() {
    Promise<Encoded> slow = Promise.promise();
    Future<ReadCache.Hit> early = cache.get(KEY, counted(slow.future()));
    cache.drop(1, 7);
    assertEquals("after", get(source("after", 7)));

    slow.complete(answer("before", 7));

    assertEquals("before", text(early));
    assertEquals("after", get(source("again", 7)));
  }

  @Test
  void asks_again_after_a_while_in_case_an_event_was_lost() {
    get(source("a", 7));
    clock.pass(Duration.ofSeconds(31));

    assertEquals("b", get(source("b", 7)));
  }

  @Test
  void serves_the_last_copy_while_the_database_is_away_ten_minutes_at_most() {
    get(source("a", 7));
    clock.pass(Duration.ofMinutes(9));
    Future<ReadCache.Hit> stale = cache.get(KEY, away());
    clock.pass(Duration.ofMinutes(2));
    Future<ReadCache.Hit> tooLate = cache.get(KEY, away());

    assertEquals("a", text(stale));
    assertEquals(540, stale.result().staleSeconds());
    assertTrue(tooLate.failed());
  }

  @Test
  void after_missed_events_everything_is_asked_for_anew_and_the_last_copy_is_better_than_none() {
    get(source("a", 7));
    cache.suspectAll();

    assertNull(cache.fresh(KEY));
    assertEquals("a", text(cache.get(KEY, away())));
    assertEquals("b", get(source("b", 7)));
    assertEquals("b", get(source("c", 7)), "which is in memory again");
  }

  @Test
  void a_load_that_began_before_events_were_missed_is_not_kept() {
    Promise<Encoded> slow = Promise.promise();
    cache.get(KEY, counted(slow.future()));
    cache.suspectAll();
    slow.complete(answer("before", 7));

    assertEquals("after", get(source("after", 7)));
  }

  @Test
  void a_failure_is_not_remembered() {
    assertTrue(cache.get(KEY, away()).failed());
    assertEquals("a", get(source("a", 7)));
  }

  @Test
  void a_million_unknown_pages_leave_it_within_its_bounds() {
    for (int i = 0; i < 1_000_000; i++) {
      cache.get(new ReadCache.Key(1, "p" + i), source("empty", ReadCache.UNKNOWN_PAGE));
    }
    assertTrue(cache.weight() <= 1_000_000, () -> "weighs " + cache.weight());
    assertTrue(cache.indexed() <= 2_000, () -> "indexed " + cache.indexed());
  }

  private String get(Supplier<Future<Encoded>> source) {
    return text(cache.get(KEY, source));
  }

  private static String text(Future<ReadCache.Hit> hit) {
    assertTrue(hit.succeeded(), "not answered");
    return hit.result().answer().plain().toString();
  }

  private Supplier<Future<Encoded>> source(String text, long thread) {
    return counted(() -> Future.succeededFuture(answer(text, thread)));
  }

  private Supplier<Future<Encoded>> counted(Future<Encoded> future) {
    return counted(() -> future);
  }

  private Supplier<Future<Encoded>> counted(Supplier<Future<Encoded>> source) {
    return () -> {
      loads++;
      return source.get();
    };
  }

  private Encoded answer(String text, long thread) {
    return new Encoded("text/plain", Buffer.buffer(text), Set.of(thread), clock.instant());
  }

  private static Supplier<Future<Encoded>> away() {
    return () -> Future.failedFuture(new FailureException(new Failure.Unavailable("away", 2)));
  }

  private static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
