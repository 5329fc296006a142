package afterword.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.SiteSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that no proper client sends, over a bare socket against the real service. */
class RawHttpIT {
  private static final Pattern STATUSES = Pattern.compile("^\\d{3}(/\\d{3})*");
  private static final String COMMENTS = "/api/v1/sites/blog/comments";

  private static RunningService running;

  @BeforeAll
  static void start() {
    running = new RunningService(SiteSettings.DEFAULTS);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  record Vector(String name, String request, String expect) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Vector> vectors() throws IOException {
    try (var in = RawHttpIT.class.getResourceAsStream("/corpora/http-raw-vectors.json")) {
      var array = new JsonArray(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return array.stream()
          .map(JsonObject.class::cast)
          .map(v -> new Vector(v.getString("name"), v.getString("request"), v.getString("expect")));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void answers_as_listed(Vector vector) throws IOException {
    boolean closes = vector.expect().contains("close");
    RawSocket.Answer answer;
    try (var socket = new RawSocket(running.service().httpPort())) {
      socket.send(onOurPaths(vector.request()));
      answer = closes ? socket.untilClosed() : socket.answerAndMore();
    }

    List<Integer> statuses = answer.statuses();
    assertEquals(1, statuses.size(), "one answer, nothing smuggled: " + answer.text());
    Matcher listed = STATUSES.matcher(vector.expect());
    assertTrue(listed.find());
    List<String> good = Arrays.asList(listed.group().split("/"));
    if (vector.expect().contains("preferred")) assertTrue(statuses.get(0) >= 400, answer.text());
    else
      assertTrue(
          good.contains(statuses.get(0).toString()), vector.expect() + " but: " + answer.text());
    assertFalse(answer.text().contains("evil"), answer.text());
  }

  @Test
  void the_loader_is_served_after_all_attempts_to_poison_it() throws IOException {
    for (String name :
        List.of(
            "bar%2F..%2Fv1.js",
            "bar/..%2fv1.js", ".git/config", "v1/.env", "v1/%2e%2e/%2e%2e/x", "..;/v1.js")) {
      assertEquals(List.of(404), ask(get("/embed/" + name)).statuses(), name);
    }
    assertEquals(List.of(200), ask(get("/embed/v1.js")).statuses());
  }

  @Test
  void a_body_cut_short_is_never_a_success() throws IOException {
    try (var socket = new RawSocket(running.service().httpPort())) {
      socket.send(post("Content-Length: 500\r\n") + "{\"page\"");
    }
    RawSocket.Answer broken;
    try (var socket = new RawSocket(running.service().httpPort())) {
      socket.send(post("Transfer-Encoding: chunked\r\n") + "5\r\n{\"pag\r\nxyz\r\n");
      broken = socket.untilClosed();
    }

    assertEquals(List.of(400), broken.statuses(), broken.text());
    assertTrue(broken.text().contains("application/problem+json"));
    assertEquals("0", running.database().ask("select count(*) from comment"));
  }

  @Test
  void a_request_line_of_sixteen_kibibytes_is_too_long_and_one_of_fifteen_is_not()
      throws IOException {
    assertEquals(List.of(414), ask(get("/embed/v1.js?" + "x".repeat(17_000))).statuses());
    assertEquals(List.of(200), ask(get("/embed/v1.js?" + "x".repeat(15_000))).statuses());
  }

  @Test
  void cleartext_http_2_is_not_spoken() throws IOException {
    assertFalse(ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0").text().startsWith("\0"));
    RawSocket.Answer upgrade =
        ask(
            "GET /embed/v1.js HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n");
    assertEquals(List.of(200), upgrade.statuses());
  }

  @Test
  void a_client_that_asks_before_it_sends_is_told_to_go_on() throws IOException {
    try (var socket = new RawSocket(running.service().httpPort())) {
      RawSocket.Answer asked =
          socket.send(post("Content-Length: 2\r\nExpect: 100-continue\r\n")).answer();
      RawSocket.Answer sent = socket.send("{}").answer();

      assertEquals(List.of(100), asked.statuses());
      assertEquals(List.of(422), sent.statuses());
    }
    assertEquals(
        List.of(413), ask(post("Content-Length: 132097\r\nExpect: 100-continue\r\n")).statuses());
  }

  private static String onOurPaths(String request) {
    return request
        .replace(" /a HTTP", " " + COMMENTS + " HTTP")
        .replace("http://evil/a ", "http://evil" + COMMENTS + " ")
        .replace(" /w/bar%2F..%2Fembed.js", " /embed/bar%2F..%2Fv1.js")
        .replace(" /w/", " /embed/");
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static String post(String length) {
    return "POST "
        + COMMENTS
        + " HTTP/1.1\r\nHost: x\r\nOrigin: "
        + RunningService.ORIGIN
        + "\r\nIdempotency-Key: 0123456789abcdef\r\nContent-Type: application/json\r\n"
        + length
        + "\r\n";
  }

  private static RawSocket.Answer ask(String request) throws IOException {
    try (var socket = new RawSocket(running.service().httpPort())) {
      return socket.send(request).answerAndMore();
    }
  }
}
