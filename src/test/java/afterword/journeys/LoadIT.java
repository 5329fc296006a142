package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import afterword.model.SiteSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deadlines, bounds and the orderly end. */
class LoadIT {
  private static final Pattern IN_FLIGHT =
      Pattern.compile("(?m)^http_server_active_requests(?:\\{[^}]*})? (\\S+)$");
  private static final String THREAD =
      "GET /api/v1/sites/blog/thread?page=a HTTP/1.1\r\nHost: x\r\n\r\n";

  @Test
  void a_head_or_a_body_that_does_not_arrive_is_given_up_after_ten_seconds() throws IOException {
    try (var running = new RunningService(SiteSettings.DEFAULTS);
        var silent = new RawSocket(running.service().httpPort());
        var slowHead = new RawSocket(running.service().httpPort());
        var slowBody = new RawSocket(running.service().httpPort());
        var unwantedBody = new RawSocket(running.service().httpPort());
        var patient = new RawSocket(running.service().httpPort())) {
      slowHead.send("GET / HTTP/1.1\r\nHost: x\r\nX-Slow:");
      slowBody.send(head("Content-Length: 100") + "{");
      unwantedBody.send("GET /embed/v1.js HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n1");
      patient.send(THREAD);

      assertEquals(List.of(200), patient.answer().statuses());
      RawSocket.Answer late = slowBody.untilClosed();
      assertEquals(List.of(408), late.statuses(), late.text());
      assertTrue(late.text().contains("timed-out"), late.text());
      assertEquals(List.of(), silent.untilClosed().statuses());
      assertEquals(List.of(), slowHead.untilClosed().statuses());
      unwantedBody.untilClosed();
      assertEquals(
          List.of(200), patient.send(THREAD).answer().statuses(), "idle connections live longer");
    }
  }

  @Test
  void an_address_has_so_many_connections_and_no_more() throws IOException {
    var open = new ArrayList<RawSocket>();
    try (var running = untrusting("--connections-per-address=3")) {
      int port = running.service().httpPort();
      for (int i = 0; i < 3; i++) {
        open.add(new RawSocket(port, "127.0.0.9"));
        assertEquals(List.of(200), open.get(i).send(THREAD).answer().statuses());
      }
      try (var fourth = new RawSocket(port, "127.0.0.9");
          var somebodyElse = new RawSocket(port, "127.0.0.10")) {
        assertEquals(List.of(), fourth.untilClosed().statuses());
        assertEquals(List.of(200), somebodyElse.send(THREAD).answer().statuses());
      }
      open.remove(0).close();
      eventually("there was room again", () -> isServed(port, "127.0.0.9"));
    } finally {
      for (RawSocket socket : open) socket.close();
    }
  }

  @Test
  void a_trusted_proxy_may_have_more() throws IOException {
    try (var running = new RunningService(SiteSettings.DEFAULTS, "--connections-per-address=1");
        var one = new RawSocket(running.service().httpPort());
        var two = new RawSocket(running.service().httpPort())) {
      assertEquals(List.of(200), one.send(THREAD).answer().statuses());
      assertEquals(List.of(200), two.send(THREAD).answer().statuses());
    }
  }

  @Test
  void sheds_what_is_too_much_at_once_and_recovers_when_a_client_vanishes() throws IOException {
    try (var running = new RunningService(SiteSettings.DEFAULTS, "--in-flight=1")) {
      int port = running.service().httpPort();
      try (var slow = new RawSocket(port)) {
        slow.send(head("Content-Length: 100") + "{");
        eventually("it is in flight", () -> inFlight(running) == 1);
        RawSocket.Answer shed = ask(port, THREAD);
        assertEquals(List.of(503), shed.statuses());
        assertTrue(
            shed.text().contains("retry-after: 1") || shed.text().contains("Retry-After: 1"),
            shed.text());
        assertTrue(
            shed.text().contains("access-control-allow-origin: *")
                || shed.text().contains("Access-Control-Allow-Origin: *"));
        assertEquals(
            List.of(200), ask(port, "GET /embed/v1.js HTTP/1.1\r\nHost: x\r\n\r\n").statuses());
      }
      eventually("its place is free", () -> inFlight(running) == 0);
      assertEquals(List.of(200), ask(port, THREAD).statuses());
    }
  }

  @Test
  void posts_beyond_four_for_each_connection_and_a_line_are_refused_at_once() throws Exception {
    Vertx vertx = Vertx.vertx();
    var many = new PoolOptions().setHttp1MaxSize(12);
    var client = WebClient.create(vertx, new WebClientOptions(), many);
    try (var running =
            new RunningService(SiteSettings.DEFAULTS, "--pool-size=1", "--pool-queue=4");
        var lock = running.database().connect()) {
      lock.setAutoCommit(false);
      lock.createStatement().execute("lock table comment in access exclusive mode");
      var refused = new CompletableFuture<Boolean>();
      var answers = new ArrayList<Future<HttpResponse<Buffer>>>();
      for (int i = 0; i < 12; i++)
        answers.add(
            running
                .post(client)
                .putHeader("X-Forwarded-For", "198.51.100." + i)
                .sendJsonObject(person(i))
                .onSuccess(answer -> tellIfRefused(answer, refused)));

      assertTrue(refused.get(30, TimeUnit.SECONDS));
      lock.rollback();

      for (var one : answers) assertTrue(List.of(202, 503).contains(await(one).statusCode()));
      assertEquals(202, running.send(person(20)).statusCode());
    } finally {
      client.close();
      await(vertx.close());
    }
  }

  private static void tellIfRefused(HttpResponse<Buffer> answer, CompletableFuture<Boolean> told) {
    if (answer.bodyAsString().contains("Too much to do right now")) told.complete(true);
  }

  @Test
  void forged_addresses_count_as_one_sender_where_no_proxy_is_trusted() {
    // Nothing is given back while the clock stands.
    try (var running =
        new RunningService(
            SiteSettings.DEFAULTS, new TestClock(), "--trusted-proxies=203.0.113.0/24")) {
      List<Integer> statuses =
          IntStream.range(0, 60)
              .mapToObj(
                  i ->
                      await(
                          running
                              .post()
                              .putHeader("X-Forwarded-For", "198.51.100." + i)
                              .sendJsonObject(person(i))))
              .map(HttpResponse::statusCode)
              .toList();

      assertEquals(10, statuses.stream().filter(status -> status == 202).count());
      assertEquals(50, statuses.stream().filter(status -> status == 429).count());
    }
  }

  @Test
  void a_post_in_flight_gets_its_answer_before_the_service_is_gone() throws IOException {
    var running = new RunningService(SiteSettings.DEFAULTS, "--finish-seconds=60");
    String body = comment("Written while it stops").encode();
    try (var posting = new RawSocket(running.service().httpPort());
        var idle = new RawSocket(running.service().httpPort())) {
      assertEquals(List.of(200), idle.send(THREAD).answer().statuses());
      posting.send(head("Content-Length: " + body.length()) + body.substring(0, 20));
      eventually("it is in flight", () -> inFlight(running) == 1);

      var stopped = running.service().stop();
      assertEquals("", idle.untilClosed().text(), "idle connections are closed");
      assertFalse(stopped.isComplete());
      RawSocket.Answer answer = posting.send(body.substring(20)).answer();

      assertEquals(List.of(202), answer.statuses(), answer.text());
      await(stopped);
      assertEquals(
          "1",
          running
              .database()
              .ask("select count(*) from comment where source = 'Written while it stops'"));
    } finally {
      running.close();
    }
  }

  private static RunningService untrusting(String... flags) {
    var all = new ArrayList<>(List.of(flags));
    all.add("--trusted-proxies=203.0.113.0/24");
    return new RunningService(SiteSettings.DEFAULTS, all.toArray(String[]::new));
  }

  private static JsonObject person(int i) {
    JsonObject body = comment("Text of person " + i);
    return body.put(
        "page", new JsonObject().put("key", "p" + i).put("url", RunningService.ORIGIN + "/p" + i));
  }

  private static RawSocket.Answer ask(int port, String request) throws IOException {
    try (var socket = new RawSocket(port)) {
      return socket.send(request).answer();
    }
  }

  private static boolean isServed(int port, String from) {
    try (var socket = new RawSocket(port, from)) {
      return socket.send(THREAD).answer().statuses().equals(List.of(200));
    } catch (IOException refused) {
      return false;
    }
  }

  private static int inFlight(RunningService running) {
    String metrics = await(running.manage("/metrics").send()).bodyAsString();
    Matcher line = IN_FLIGHT.matcher(metrics);
    assertTrue(line.find(), metrics);
    return (int) Double.parseDouble(line.group(1));
  }

  private static String head(String length) {
    return "POST /api/v1/sites/blog/comments HTTP/1.1\r\nHost: x\r\nOrigin: "
        + RunningService.ORIGIN
        + "\r\nIdempotency-Key: 0123456789abcdef\r\nContent-Type: application/json\r\n"
        + length
        + "\r\n\r\n";
  }
}
