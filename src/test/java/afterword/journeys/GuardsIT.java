package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import afterword.model.Checks;
import afterword.model.Problem;
import afterword.model.ProofOfWork;
import afterword.model.SiteSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the rim refuses, and how it says so. */
class GuardsIT {
  private static RunningService running;
  private static int person;

  @BeforeAll
  static void start() {
    running =
        new RunningService(
            SiteSettings.DEFAULTS.with(Checks.DEFAULTS.with(ProofOfWork.OFF)),
            new TestClock(),
            "--trusted-proxies=127.0.0.0/8,::1/128");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"body\":\"a\\u0000b\"}|/body|nul",
        "{\"body\":\"\\ud800\"}|/body|lone-surrogate",
        "{\"author\":{\"name\":\"x\",\"name\":\"y\"}}|/author/name|duplicate",
        "{\"elapsedMs\":1e999999999}|/elapsedMs|out-of-range",
        "{\"elapsedMs\":9007199254740993}|/elapsedMs|out-of-range",
        "{\"body\":}||not-json",
        "[]||not-an-object",
        "{} {}||trailing-text",
      })
  void unreadable_json_is_a_400_that_names_the_place(String body, String pointer, String code) {
    HttpResponse<Buffer> answer = post(Buffer.buffer(body));

    assertEquals(400, answer.statusCode(), answer.bodyAsString());
    JsonObject error = answer.bodyAsJsonObject().getJsonArray("errors").getJsonObject(0);
    assertEquals(pointer == null ? "" : pointer, error.getString("pointer"));
    assertEquals(code, error.getString("code"));
  }

  @Test
  void seventeen_levels_are_too_many() {
    HttpResponse<Buffer> deep = post(Buffer.buffer("{\"page\":".repeat(17) + "1" + "}".repeat(17)));
    HttpResponse<Buffer> deeper =
        post(Buffer.buffer("{\"page\":".repeat(10_000) + "1" + "}".repeat(10_000)));

    for (HttpResponse<Buffer> answer : List.of(deep, deeper)) {
      assertEquals(400, answer.statusCode());
      JsonObject error = answer.bodyAsJsonObject().getJsonArray("errors").getJsonObject(0);
      assertEquals("too-deep", error.getString("code"));
      assertEquals("/page".repeat(16), error.getString("pointer"));
    }
  }

  /** At once, on whatever machine: the rest of it is never sent. */
  @Test
  void a_hundred_and_twenty_nine_kibibytes_are_refused_before_they_have_come() throws IOException {
    String head =
        "POST /api/v1/sites/blog/comments HTTP/1.1\r\nHost: x\r\nOrigin: "
            + RunningService.ORIGIN
            + "\r\nIdempotency-Key: 0123456789abcdef\r\nContent-Type: application/json\r\n";
    String start = "{\"body\":\"" + "x".repeat(128 * 1024);
    int port = running.service().httpPort();
    try (var told = new RawSocket(port);
        var untold = new RawSocket(port)) {
      told.send(head + "Content-Length: " + 129 * 1024 + "\r\n\r\n{");
      untold.send(head + "Transfer-Encoding: chunked\r\n\r\n21000\r\n" + start);

      assertEquals(List.of(413), told.answer().statuses());
      assertEquals(List.of(413), untold.answer().statuses());
    }
    HttpResponse<Buffer> whole =
        post(Buffer.buffer("{\"body\":\"" + "x".repeat(129 * 1024) + "\"}"));
    assertEquals(413, whole.statusCode());
    assertProblem(whole, Problem.TOO_LARGE);
  }

  @Test
  void a_hundred_pages_are_counted_at_once_and_one_more_is_too_many() {
    String hundred =
        IntStream.range(0, 100)
            .mapToObj(i -> "2026/03/a-page-of-usual-length-" + i + ".html")
            .map(page -> "page=" + page)
            .collect(Collectors.joining("&"));

    HttpResponse<Buffer> counted =
        await(running.get("/api/v1/sites/blog/counts?" + hundred).send());

    assertEquals(200, counted.statusCode(), counted.bodyAsString());
    assertEquals(100, counted.bodyAsJsonObject().getJsonObject("counts").size());
    assertEquals(
        400,
        await(running.get("/api/v1/sites/blog/counts?" + hundred + "&page=x").send()).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain,",
    "application/x-www-form-urlencoded,",
    "application/jsonp,",
    ",",
    "application/json,gzip",
    "application/json,identity"
  })
  void only_plain_json_is_read(String type, String encoding) {
    var request = running.post();
    if (type != null) request.putHeader("Content-Type", type);
    if (encoding != null) request.putHeader("Content-Encoding", encoding);

    assertEquals(415, await(request.sendBuffer(Buffer.buffer("{}"))).statusCode());
  }

  @Test
  void a_doubled_content_type_or_query_parameter_is_refused() {
    var types = running.post();
    types.headers().add("Content-Type", "application/json").add("Content-Type", "text/plain");

    assertEquals(415, await(types.sendBuffer(Buffer.buffer("{}"))).statusCode());
    HttpResponse<Buffer> doubled =
        await(running.get("/api/v1/sites/blog/thread?page=a&page=b").send());
    assertEquals(400, doubled.statusCode());
    assertTrue(doubled.bodyAsString().contains("?page"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/embed/v1.js,GET",
    "DELETE,/api/v1/sites/blog/thread,GET",
    "GET,/api/v1/sites/blog/comments,POST",
    "PUT,/api/v1/admin/session,POST"
  })
  void another_method_is_a_405_that_lists_the_right_ones(
      HttpMethod method, String path, String allowed) {
    HttpResponse<Buffer> answer = await(running.request(method, path).send());

    assertEquals(405, answer.statusCode());
    assertTrue(answer.getHeader("Allow").contains(allowed), answer.getHeader("Allow"));
    assertProblem(answer, Problem.METHOD_NOT_ALLOWED);
  }

  @Test
  void any_page_may_ask_and_may_read_the_refusal() {
    HttpResponse<Buffer> preflight =
        await(
            running
                .request(HttpMethod.OPTIONS, "/api/v1/sites/no-such-site/comments")
                .putHeader("Origin", "https://evil.example")
                .putHeader("Access-Control-Request-Method", "POST")
                .send());
    HttpResponse<Buffer> refused =
        await(running.get("/api/v1/sites/no-such-site/thread?page=a").send());
    HttpResponse<Buffer> nowhere = await(running.get("/nowhere").send());

    assertEquals(204, preflight.statusCode());
    assertEquals("7200", preflight.getHeader("Access-Control-Max-Age"));
    assertEquals(
        "Authorization, Content-Type, Idempotency-Key, If-Match",
        preflight.getHeader("Access-Control-Allow-Headers"));
    assertNull(preflight.getHeader("Access-Control-Allow-Credentials"));
    for (HttpResponse<Buffer> answer : List.of(preflight, refused, nowhere)) {
      assertEquals("*", answer.getHeader("Access-Control-Allow-Origin"));
      assertEquals("cross-origin", answer.getHeader("Cross-Origin-Resource-Policy"));
      assertEquals("nosniff", answer.getHeader("X-Content-Type-Options"));
    }
    assertProblem(refused, Problem.NOT_FOUND);
    assertProblem(nowhere, Problem.NOT_FOUND);
    assertTrue(refused.getHeader("Access-Control-Expose-Headers").contains("RateLimit-Policy"));
  }

  @Test
  void no_other_page_may_ask_what_is_for_moderators() {
    for (String path :
        List.of(
            "/admin/",
            "/admin/none",
            "/%61dmin/none",
            "/api/v1/admin/session",
            "/api/v1/admin/x")) {
      HttpResponse<Buffer> answer =
          await(running.get(path).putHeader("Origin", "https://evil.example").send());
      assertNull(answer.getHeader("Access-Control-Allow-Origin"), path);
      String csp = answer.getHeader("Content-Security-Policy");
      assertNotNull(csp, path);
      assertTrue(
          csp.startsWith("default-src 'none'") && csp.contains("frame-ancestors 'none'"), csp);
      assertTrue(
          csp.contains("require-trusted-types-for 'script'") && !csp.contains("unsafe"), csp);
    }
    assertEquals(
        405,
        await(running.request(HttpMethod.OPTIONS, "/api/v1/admin/session").send()).statusCode());
    assertEquals(200, await(running.get("/admin/").send()).statusCode());
  }

  @ParameterizedTest
  @EnumSource(Problem.class)
  void each_problem_has_a_page_that_explains_it(Problem problem) {
    HttpResponse<Buffer> page = await(running.get("/problems/" + problem.slug()).send());

    assertEquals(200, page.statusCode());
    assertTrue(page.bodyAsString().contains("<h1>" + problem.title()), page.bodyAsString());
  }

  @Test
  void files_come_compressed_with_a_tag_and_are_not_sent_twice() {
    HttpResponse<Buffer> plain = await(running.get("/embed/v1.js").send());
    HttpResponse<Buffer> gzip =
        await(running.get("/embed/v1/element.js").putHeader("Accept-Encoding", "gzip").send());
    HttpResponse<Buffer> brotli =
        await(running.get("/embed/v1/element.js").putHeader("Accept-Encoding", "br, gzip").send());
    HttpResponse<Buffer> again =
        await(
            running
                .get("/embed/v1.js")
                .putHeader("If-None-Match", "W/" + plain.getHeader("ETag"))
                .send());
    HttpResponse<Buffer> head = await(running.request(HttpMethod.HEAD, "/embed/v1.js").send());

    assertEquals(200, plain.statusCode());
    assertEquals("text/javascript; charset=utf-8", plain.getHeader("Content-Type"));
    assertEquals("gzip", gzip.getHeader("Content-Encoding"));
    assertTrue(gzip.getHeader("ETag").endsWith("-gz\""));
    assertEquals("br", brotli.getHeader("Content-Encoding"));
    assertTrue(
        Integer.parseInt(brotli.getHeader("Content-Length"))
            < Integer.parseInt(gzip.getHeader("Content-Length")));
    assertEquals(304, again.statusCode());
    assertEquals(200, head.statusCode());
    assertEquals(plain.getHeader("Content-Length"), head.getHeader("Content-Length"));
    assertNull(head.body());
  }

  @Test
  void a_trusted_proxy_speaks_for_many_people_and_a_64_is_one_of_them() {
    List<Integer> people =
        IntStream.range(0, 60).mapToObj(i -> statusFrom("198.51.100." + i)).distinct().toList();
    var sameNet = new ArrayList<Integer>();
    for (int i = 0; i < 11; i++) sameNet.add(statusFrom("2001:db8:1:2::" + i));
    HttpResponse<Buffer> other = postFrom("2001:db8:1:3::1");

    assertEquals(List.of(202), people);
    assertEquals(429, sameNet.get(10));
    assertEquals(202, sameNet.get(9));
    assertEquals(202, other.statusCode());
    assertTrue(
        other.getHeader("RateLimit").startsWith("\"address\";r=9;t="),
        other.getHeader("RateLimit"));
    assertEquals(
        "\"address\";q=10;w=100, \"network\";q=80;w=100, \"page\";q=60;w=60, \"site\";q=600;w=60",
        other.getHeader("RateLimit-Policy"));
  }

  /** Each on a page of its own, so that the address alone counts. */
  private static HttpResponse<Buffer> postFrom(String address) {
    person++;
    JsonObject body = comment("Text of person " + person);
    body.put(
        "page",
        new JsonObject()
            .put("key", "p" + person)
            .put("url", RunningService.ORIGIN + "/p" + person));
    return await(
        running.post().putHeader("X-Forwarded-For", "6.6.6.6, " + address).sendJsonObject(body));
  }

  private static int statusFrom(String address) {
    return postFrom(address).statusCode();
  }

  private static HttpResponse<Buffer> post(Buffer body) {
    person++;
    return await(
        running
            .post()
            .putHeader("X-Forwarded-For", "10.0." + person + ".1")
            .putHeader("Content-Type", "application/json")
            .sendBuffer(body));
  }

  private static void assertProblem(HttpResponse<Buffer> answer, Problem problem) {
    assertEquals("application/problem+json", answer.getHeader("Content-Type"));
    assertEquals("no-store", answer.getHeader("Cache-Control"));
    JsonObject body = answer.bodyAsJsonObject();
    assertTrue(body.getString("type").endsWith("/problems/" + problem.slug()), body.encode());
    assertTrue(
        body.getString("type").startsWith(running.service().config().publicBaseUrl()),
        body.encode());
    assertEquals(answer.statusCode(), body.getInteger("status"));
    assertEquals(answer.getHeader("X-Request-Id"), body.getString("instance"));
  }
}
