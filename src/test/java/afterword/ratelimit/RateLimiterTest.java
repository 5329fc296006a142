package afterword.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Failure;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.model.SiteSettings;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final Site SITE = new Site(1, "blog", "Blog", List.of(), SiteSettings.DEFAULTS, 1);
  private static final Site OTHER =
      new Site(2, "shop", "Shop", List.of(), SiteSettings.DEFAULTS, 1);

  private final TestClock clock = new TestClock();
  private final RateLimiter limiter = new RateLimiter(clock);

  @Test
  void ten_at_once_then_one_per_ten_seconds() {
    assertEquals(10, allowed(15, from(1)));

    clock.now = clock.now.plusSeconds(9);
    assertEquals(0, allowed(1, from(1)));
    clock.now = clock.now.plusSeconds(1);
    assertEquals(1, allowed(3, from(1)));
    clock.now = clock.now.plus(Duration.ofDays(1));
    assertEquals(10, allowed(15, from(1)));
  }

  @Test
  void a_clock_set_back_shuts_nobody_out_for_longer_than_an_empty_bucket() {
    assertEquals(10, allowed(12, from(1)));

    clock.now = clock.now.minus(Duration.ofHours(5));
    assertEquals(0, allowed(1, from(1)));
    clock.now = clock.now.plusSeconds(10);
    assertEquals(1, allowed(3, from(1)));
    clock.now = clock.now.plusSeconds(100);
    assertEquals(10, allowed(12, from(1)));
  }

  @Test
  void senders_and_sites_do_not_share() {
    assertEquals(10, allowed(12, from(1)));
    assertEquals(10, allowed(12, from(2)));
    assertEquals(10, allowed(12, Sender.on(OTHER).from(new byte[] {1})));
    assertEquals(10, allowed(12, Sender.on(SITE).by(new byte[] {1})));
  }

  @Test
  void a_page_takes_sixty_a_minute_from_whomever() {
    int allowed = 0;
    for (int i = 0; i < 100; i++) allowed += allowed(1, from(i).onto("page"));
    assertEquals(60, allowed);
  }

  @Test
  void notices_are_limited_by_sender_by_comment_and_by_site() {
    var one = new PublicId(1, 7);
    assertEquals(10, allowed(12, noticing(1, one)));
    assertEquals(10, allowed(12, noticing(2, one)));
    assertEquals(10, allowed(12, noticing(3, one)));
    assertEquals(0, allowed(1, noticing(4, one)), "about this one");
    assertEquals(10, allowed(12, appealing(4, one)), "an appeal is no notice");

    int allowed = 30;
    for (int i = 0; i < 400; i++) allowed += allowed(1, noticing(10 + i, new PublicId(1, 8 + i)));
    assertEquals(300, allowed);
    assertEquals(1, allowed(1, appealing(5, new PublicId(1, 9))));
    assertEquals(
        1, allowed(1, Sender.on(OTHER).noticing(new byte[] {1, 2, 3, 4}, new PublicId(2, 7))));

    clock.now = clock.now.plus(Duration.ofMinutes(10));
    assertEquals(1, allowed(3, noticing(1, one)));
  }

  @Test
  void who_is_given_a_whole_network_files_no_more_than_some_households() {
    int allowed = 0;
    for (int i = 0; i < 200; i++) {
      byte[] range = {0x20, 1, 0xd, (byte) 0xb8, 0, 1, 0, (byte) i};
      allowed += allowed(1, Sender.on(SITE).noticing(range, new PublicId(1, 1 + i)));
    }
    assertEquals(80, allowed);
  }

  private static Sender noticing(int address, PublicId comment) {
    return Sender.on(SITE).noticing(address(address), comment);
  }

  private static Sender appealing(int address, PublicId comment) {
    return Sender.on(SITE).appealing(address(address), comment);
  }

  private static byte[] address(int number) {
    return new byte[] {10, 0, (byte) (number >> 8), (byte) number};
  }

  @Test
  void refuses_with_the_time_to_wait() {
    allowed(10, from(1));
    clock.now = clock.now.plusSeconds(3);

    var failure = (Failure.TooMany) limiter.take(from(1)).refusal().orElseThrow().failure();

    assertEquals(7, failure.retryAfterSeconds());
  }

  @Test
  void what_is_given_back_can_be_taken_again() {
    allowed(9, from(1));
    limiter.take(from(1)).giveBack();
    assertEquals(1, allowed(3, from(1)));

    limiter.take(from(1)).giveBack();
    assertEquals(0, allowed(3, from(1)), "a refused attempt has nothing to give back");
  }

  @Test
  void a_peek_takes_nothing() {
    for (int i = 0; i < 20; i++) assertTrue(limiter.peek(from(1)).refusal().isEmpty());
    allowed(10, from(1));
    assertFalse(limiter.peek(from(1)).refusal().isEmpty());
  }

  @Test
  void says_how_it_stands_in_two_headers() {
    var headers = MultiMap.caseInsensitiveMultiMap();

    limiter.take(from(1)).show(headers);
    limiter.take(Sender.on(SITE).onto("page")).show(headers);

    assertEquals("\"address\";r=9;t=10, \"page\";r=59;t=1", headers.get("RateLimit"));
    assertEquals("\"address\";q=10;w=100, \"page\";q=60;w=60", headers.get("RateLimit-Policy"));
  }

  private Sender from(int address) {
    return Sender.on(SITE).from(new byte[] {10, 0, 0, (byte) address});
  }

  private int allowed(int attempts, Sender sender) {
    int allowed = 0;
    for (int i = 0; i < attempts; i++) if (limiter.take(sender).refusal().isEmpty()) allowed++;
    return allowed;
  }

  private static final class TestClock extends Clock {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
