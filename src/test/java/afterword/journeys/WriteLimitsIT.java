package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import afterword.site.SettingsJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Who counts as one sender. Ten writes at once, then one per minute, so that a slow test is no
 * slower sender.
 */
class WriteLimitsIT {
  private static final SiteSettings TEN =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10, 60, 1_000);

  private static final AtomicInteger TEXTS = new AtomicInteger();

  /** However slow the machine is. */
  private static final SiteSettings TEN_AN_HOUR =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10, 3_600, 100_000);

  @Test
  void sixty_forged_addresses_are_one_sender_where_no_proxy_is_trusted() {
    try (var running = new RunningService(TEN, "--trusted-proxies=")) {
      assertEquals(10, taken(running, i -> "203.0.113." + i));
    }
  }

  @Test
  void sixty_addresses_are_sixty_senders_behind_a_proxy_and_one_network_of_64_bits_is_one() {
    try (var running = new RunningService(TEN)) {
      assertEquals(60, taken(running, i -> "203.0.113." + i));
      assertEquals(10, taken(running, i -> "2001:db8:0:1::" + i));
      assertEquals(60, taken(running, i -> "2001:db8:1:" + i + "::1"));
      assertEquals(10, taken(running, i -> "203.0.114." + i + ", 198.51.100.7"));
    }
  }

  @Test
  void a_thousand_forged_addresses_are_one_sender_and_a_network_of_48_bits_is_some_households() {
    try (var running = new RunningService(TEN_AN_HOUR, "--trusted-proxies=")) {
      assertEquals(10, taken(running, 1_000, i -> "198.51.100." + i % 250 + ", 203.0.113." + i));
    }
    try (var running = new RunningService(TEN_AN_HOUR)) {
      assertEquals(80, taken(running, 120, i -> "2001:db8:1:" + Integer.toHexString(i) + "::1"));
      assertEquals(120, taken(running, 120, i -> "2001:db8:" + Integer.toHexString(i + 1) + "::1"));
    }
  }

  @Test
  void one_commenter_key_is_one_sender_from_wherever() {
    try (var running = new RunningService(TEN)) {
      int taken = 0;
      for (int i = 1; i <= 20; i++) {
        JsonObject comment =
            comment("On my way, stop " + i).put("commenterKey", "00112233445566778899aabbccddeeff");
        if (post(running, comment, "203.0.113." + i).statusCode() == 201) taken++;
      }
      assertEquals(10, taken);
    }
  }

  @Test
  void repeats_of_a_stored_key_do_not_count_and_are_answered_beyond_the_limit() {
    try (var running = new RunningService(TEN)) {
      for (int i = 0; i < 30; i++) assertEquals(201, repeat(running).statusCode());
      for (int i = 1; i < 10; i++) {
        assertEquals(201, post(running, comment("Number " + i), "203.0.113.1").statusCode());
      }

      HttpResponse<Buffer> beyond = post(running, comment("One too many"), "203.0.113.1");

      assertEquals(429, beyond.statusCode());
      assertTrue(Integer.parseInt(beyond.getHeader("Retry-After")) > 0);
      assertTrue(beyond.getHeader("RateLimit").contains("\"address\";r=0"));
      assertTrue(beyond.getHeader("RateLimit-Policy").contains("\"address\";q=10"));
      assertEquals(201, repeat(running).statusCode());
    }
  }

  @Test
  void attempts_that_fail_count_too() {
    try (var running = new RunningService(TEN)) {
      for (int i = 0; i < 10; i++)
        assertEquals(422, post(running, comment(" "), "203.0.113.1").statusCode());

      assertEquals(429, post(running, comment("Now for real"), "203.0.113.1").statusCode());
      assertEquals(429, post(running, comment(" "), "203.0.113.1").statusCode());
    }
  }

  @Test
  void asking_whether_one_may_does_not_count() {
    try (var running = new RunningService(TEN)) {
      for (int i = 0; i < 30; i++) {
        var preflight =
            running
                .request(HttpMethod.OPTIONS, "/api/v1/sites/blog/comments")
                .putHeader("X-Forwarded-For", "203.0.113.1")
                .putHeader("Origin", RunningService.ORIGIN)
                .putHeader("Access-Control-Request-Method", "POST");
        assertEquals(204, await(preflight.send()).statusCode());
      }

      assertEquals(10, taken(running, i -> "203.0.113.1"));
    }
  }

  @Test
  void one_page_takes_so_many_from_whomever() {
    var three = new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10, 60, 3);
    try (var running = new RunningService(three)) {
      int taken = taken(running, i -> "203.0.113." + i);

      assertTrue(taken >= 3 && taken < 60, taken + " were taken");
      HttpResponse<Buffer> beyond = null;
      for (int i = 0; i < 10; i++)
        beyond = post(running, comment("Once more " + i), "198.51.100." + i);
      assertEquals(429, beyond.statusCode());
      assertTrue(beyond.getHeader("RateLimit-Policy").contains("\"page\";q=3;w=60"));
    }
  }

  @Test
  void one_site_takes_so_many_from_whomever_onto_whatever_page() {
    var three = SettingsJson.read(SettingsJson.write(TEN).put("sitePerMinute", 3));
    var clock = new TestClock();
    try (var running = new RunningService(three, clock, "--trusted-proxies=127.0.0.0/8,::1/128")) {
      for (int i = 0; i < 3; i++) assertEquals(201, onto(running, i).statusCode());

      HttpResponse<Buffer> beyond = onto(running, 3);

      assertEquals(429, beyond.statusCode());
      assertTrue(beyond.getHeader("RateLimit-Policy").contains("\"site\";q=3;w=60"));
      assertEquals("20", beyond.getHeader("Retry-After"));
      clock.advance(Duration.ofSeconds(20));
      assertEquals(201, onto(running, 4).statusCode());
    }
  }

  /** Each on a page of its own and from an address of its own. */
  private static HttpResponse<Buffer> onto(RunningService running, int i) {
    var page = new JsonObject().put("key", "page-" + i);
    return post(running, comment("Number " + i).put("page", page), "203.0.113." + i);
  }

  private static HttpResponse<Buffer> repeat(RunningService running) {
    return await(
        running
            .post()
            .putHeader("Idempotency-Key", "the-same-key-over-and-over")
            .putHeader("X-Forwarded-For", "203.0.113.1")
            .sendJsonObject(comment("Once is enough")));
  }

  private static int taken(RunningService running, IntFunction<String> forwardedFor) {
    return taken(running, 60, forwardedFor);
  }

  private static int taken(RunningService running, int times, IntFunction<String> forwardedFor) {
    return (int)
        IntStream.rangeClosed(1, times)
            .map(
                i ->
                    post(running, comment("Text " + TEXTS.incrementAndGet()), forwardedFor.apply(i))
                        .statusCode())
            .filter(status -> status == 201)
            .count();
  }

  private static HttpResponse<Buffer> post(
      RunningService running, JsonObject comment, String forwardedFor) {
    return await(running.post().putHeader("X-Forwarded-For", forwardedFor).sendJsonObject(comment));
  }
}
