package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.ORIGIN;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * What is answered past the router is the router's answer to the letter, and whatever is not simple
 * goes to the router. Which of the two it was is told by the level of the access log's line.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShortWayIT {
  private static final String ID = "X-Request-Id";
  private static final String SITE = "/api/v1/sites/blog/";
  private static final SiteSettings SETTINGS =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 1_000, 1, 100_000);

  private final Logger log = (Logger) LoggerFactory.getLogger("afterword.access");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private RunningService running;
  private String root;

  @BeforeAll
  void start() {
    running = new RunningService(SETTINGS);
    root =
        running
            .send(comment("A text that is long enough to be worth compressing. ".repeat(20)))
            .bodyAsJsonObject()
            .getJsonObject("comment")
            .getString("id");
    running.database().settle();
    lines.start();
    log.addAppender(lines);
  }

  @AfterAll
  void stop() {
    log.detachAppender(lines);
    running.close();
  }

  static Stream<Arguments> asked() {
    var addresses =
        List.of(
            SITE + "thread?page=a.html",
            SITE + "thread?page=a.html&order=best&limit=10",
            SITE + "thread?page=https%3A%2F%2Fblog.example%2Fa.html%3Futm_source%3Dx",
            SITE + "comments/ROOT/replies",
            SITE + "counts?page=a.html&page=none",
            SITE + "latest",
            SITE + "feed.atom",
            SITE + "feed.json?page=a.html",
            "/embed/v1/fragment?site=blog&page=a.html");
    var headers =
        List.of(
            Map.<String, String>of(),
            Map.of("Accept-Encoding", "gzip"),
            Map.of("Accept-Encoding", "br, gzip;q=0.5"),
            Map.of("If-None-Match", "TAG"),
            Map.of("If-None-Match", "\"other\", W/TAG", "Accept-Encoding", "gzip"),
            Map.of("If-None-Match", "\"other\""));
    return addresses.stream().flatMap(a -> headers.stream().map(h -> Arguments.of(a, h)));
  }

  @ParameterizedTest
  @MethodSource("asked")
  void the_answer_is_the_same_by_either_way(String address, Map<String, String> headers) {
    String target = address.replace("ROOT", root);
    String tag = await(running.get(target).send()).getHeader("ETag");
    // Until every form is made, and brotli unpacked.
    HttpResponse<Buffer> quick = askByTheShortWay(target, headers, tag);
    HttpResponse<Buffer> slow = ask(target + (target.contains("?") ? "&" : "?"), headers, tag);

    assertEquals(slow.statusCode(), quick.statusCode());
    assertEquals(plain(slow), plain(quick));
    assertEquals(slow.body(), quick.body());
    assertNotEquals(slow.getHeader(ID), quick.getHeader(ID));
    assertTrue(quick.getHeader(ID).matches("[a-z0-9]{1,13}"));
  }

  private HttpResponse<Buffer> askByTheShortWay(
      String target, Map<String, String> headers, String tag) {
    var answer = new AtomicReference<HttpResponse<Buffer>>();
    eventually(
        "the short way is open",
        () -> {
          answer.set(ask(target, headers, tag));
          return level(answer.get()).equals(Level.DEBUG);
        });
    return answer.get();
  }

  @Test
  void a_change_is_seen_by_the_short_way_too() {
    String target = SITE + "thread?page=b.html";
    eventually("open", () -> level(ask(target)).equals(Level.DEBUG));
    var more = comment("Another one");
    more.getJsonObject("page").put("key", "b.html").put("url", ORIGIN + "/b.html");

    assertEquals(201, running.send(more).statusCode());

    eventually(
        "it is there", () -> ask(target).bodyAsJsonObject().getJsonArray("comments").size() == 1);
    eventually("open again", () -> level(ask(target)).equals(Level.DEBUG));
    assertEquals(1, ask(target).bodyAsJsonObject().getJsonArray("comments").size());
  }

  @Test
  void whatever_is_not_simple_goes_to_the_router() throws IOException {
    String target = SITE + "thread?page=c.html";
    eventually("open", () -> level(ask(target)).equals(Level.DEBUG));

    var head = await(running.request(HttpMethod.HEAD, target).send());
    assertEquals(200, head.statusCode());
    assertNull(head.body());
    assertEquals(Level.INFO, level(head));
    var options = await(running.request(HttpMethod.OPTIONS, target).send());
    assertEquals(204, options.statusCode());
    var post = await(running.request(HttpMethod.POST, target).send());
    assertEquals(405, post.statusCode());
    assertEquals(400, raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"));
    assertEquals(400, raw("GET " + target + " HTTP/1.1\r\n\r\n"));
    assertEquals(200, raw("GET " + target + " HTTP/1.0\r\n\r\n"));
    var withBody = await(running.get(target).sendBuffer(Buffer.buffer("x")));
    assertEquals(Level.INFO, level(withBody));
  }

  @Test
  void such_answers_are_counted_like_all_others() {
    String target = SITE + "latest?limit=7";
    double before = counted();
    var asked = new AtomicInteger();

    for (int i = 0; i < 10; i++)
      eventually(
          "the short way is open",
          () -> {
            asked.incrementAndGet();
            return level(ask(target)).equals(Level.DEBUG);
          });

    eventually("counted", () -> counted() == before + asked.get());
  }

  private double counted() {
    String metrics = await(running.manage("/metrics").send()).bodyAsString();
    return metrics
        .lines()
        .filter(line -> line.startsWith("http_server_request_duration_seconds_count"))
        .filter(line -> line.contains("http_route=\"/api/v1/sites/:site/latest\""))
        .filter(line -> line.contains("status_code=\"200\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private int raw(String request) throws IOException {
    try (var socket = new RawSocket(running.service().httpPort())) {
      return socket.send(request).answer().statuses().get(0);
    }
  }

  private HttpResponse<Buffer> ask(String target) {
    return ask(target, Map.of(), "");
  }

  private HttpResponse<Buffer> ask(String target, Map<String, String> headers, String tag) {
    var request = running.get(target);
    headers.forEach((name, value) -> request.putHeader(name, value.replace("TAG", tag)));
    return await(request.send());
  }

  private static Map<String, List<String>> plain(HttpResponse<Buffer> answer) {
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    answer.headers().names().forEach(name -> headers.put(name, answer.headers().getAll(name)));
    headers.remove(ID);
    return headers;
  }

  /** Of the line that was written for this answer. */
  private Level level(HttpResponse<Buffer> answer) {
    String id = answer.getHeader(ID);
    var found = new ArrayList<Level>();
    eventually(
        "the access log has " + id,
        () -> {
          synchronized (lines) {
            List.copyOf(lines.list).stream()
                .filter(
                    line ->
                        line.getKeyValuePairs().stream()
                            .anyMatch(pair -> pair.key.equals("request") && pair.value.equals(id)))
                .forEach(line -> found.add(line.getLevel()));
          }
          return !found.isEmpty();
        });
    return found.get(0);
  }
}
