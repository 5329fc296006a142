package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import afterword.site.SettingsJson;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Asks for everything that openapi.yaml describes, and judges the real answers by it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractIT {
  private static final String SITE = "/api/v1/sites/{site}";
  private static final SiteSettings SETTINGS =
      new SiteSettings(Mode.OPEN, 1, 0, List.of(), true, Limits.TEXT, 6, 900, 100, 1, 1_000);

  /**
   * Needs a stalled loop or a service that is starting or stopping (HealthTest), or does not end
   * (LiveIT, DeskLiveIT).
   */
  private static final Set<String> REACHED_ELSEWHERE =
      Set.of(
          "GET /livez 503",
          "GET /startupz 503",
          "GET /readyz 503",
          "GET " + SITE + "/live 200",
          "GET " + SITE + "/live 429",
          "GET /api/v1/admin/live 200",
          "GET /api/v1/admin/live 429");

  private final Contract contract = new Contract();
  private RunningService running;

  @BeforeAll
  void start() {
    running = new RunningService(SETTINGS);
  }

  @AfterAll
  void everything_described_was_answered() {
    running.close();
    Set<String> missing = new TreeSet<>(contract.documented());
    missing.removeAll(contract.seen());
    missing.removeAll(REACHED_ELSEWHERE);
    missing.removeIf(PeopleContractIT::judges);
    assertEquals("", String.join("\n", missing), "described, but never seen");
  }

  @Test
  void reading() {
    String root = posted("Read me").getString("id");
    // Its event is a part of the thread's version as soon as nothing older is under way.
    running.database().settle();
    for (String[] list :
        new String[][] {
          {"/thread", "/thread?page=a.html", "/thread?page=a.html&limit=0"},
          {"/counts", "/counts?page=a.html&page=none", "/counts"},
          {"/latest", "/latest", "/latest?limit=x"},
          {"/feed.atom", "/feed.atom?page=a.html", "/feed.atom?page=a&page=b"},
          {"/feed.json", "/feed.json", "/feed.json?page=%00"},
          {
            "/comments/{id}/replies",
            "/comments/" + root + "/replies",
            "/comments/" + root + "/replies?after=x"
          }
        }) {
      String operation = "GET " + SITE + list[0];
      HttpResponse<Buffer> found = get(operation, "/api/v1/sites/blog" + list[1]);
      assertEquals(200, found.statusCode());
      HttpRequest<Buffer> again = running.get("/api/v1/sites/blog" + list[1]);
      assertEquals(
          304,
          check(operation, again.putHeader("If-None-Match", found.getHeader("ETag")).send())
              .statusCode());
      assertEquals(400, get(operation, "/api/v1/sites/blog" + list[2]).statusCode());
      assertEquals(404, get(operation, "/api/v1/sites/none" + list[1]).statusCode());
    }
  }

  @Test
  void proving() {
    SiteSettings settings =
        SettingsJson.read(
            SettingsJson.write(running.site().settings()).put("proofOfWork", "when-risky"));
    await(
        running
            .service()
            .sites()
            .add("proving", "Proving", List.of(RunningService.ORIGIN), settings));
    String operation = "GET " + SITE + "/challenge";
    assertEquals(200, get(operation, "/api/v1/sites/proving/challenge?page=a.html").statusCode());
    assertEquals(400, get(operation, "/api/v1/sites/proving/challenge").statusCode());
    assertEquals(404, get(operation, "/api/v1/sites/none/challenge?page=a.html").statusCode());

    HttpRequest<Buffer> linking =
        running
            .postTo("/api/v1/sites/proving/comments")
            .putHeader("Origin", RunningService.ORIGIN)
            .putHeader("Idempotency-Key", "a-post-without-a-proof");

    JsonObject comment = comment("Look: https://x.example");
    assertEquals(
        428, check("POST " + SITE + "/comments", linking.sendJsonObject(comment)).statusCode());
  }

  @Test
  void watching() {
    String operation = "GET " + SITE + "/live";
    assertEquals(400, get(operation, "/api/v1/sites/blog/live").statusCode());
    assertEquals(404, get(operation, "/api/v1/sites/none/live?page=a").statusCode());
  }

  @Test
  void one_comment() {
    String operation = "GET " + SITE + "/comments/{id}";
    String path = "/api/v1/sites/blog/comments/" + posted("Look at me").getString("id");

    assertEquals(200, get(operation, path).statusCode());
    assertEquals(
        401,
        check(operation, running.get(path).putHeader("Authorization", "Bearer x").send())
            .statusCode());
    assertEquals(404, get(operation, "/api/v1/sites/blog/comments/11zz").statusCode());
  }

  @Test
  void posting() {
    String operation = "POST " + SITE + "/comments";
    assertEquals(201, post(comment("Posted")).statusCode());
    assertEquals(202, post(comment("Held for its link: https://x.example")).statusCode());
    assertEquals(409, post(comment("Posted")).statusCode());
    assertEquals(422, post(comment("")).statusCode());
    HttpRequest<Buffer> keyless = running.post();
    keyless.headers().remove("Idempotency-Key");
    assertEquals(400, check(operation, keyless.sendJsonObject(comment("x"))).statusCode());
    assertEquals(
        403,
        check(
                operation,
                running
                    .post()
                    .putHeader("Origin", "https://evil.example")
                    .sendJsonObject(comment("x")))
            .statusCode());
    assertEquals(
        413,
        check(operation, running.post().sendJsonObject(comment("x".repeat(140_000)))).statusCode());
    assertEquals(
        415,
        check(
                operation,
                running
                    .post()
                    .putHeader("Content-Type", "text/plain")
                    .sendBuffer(Buffer.buffer("x")))
            .statusCode());
    assertEquals(
        404,
        check(operation, elsewhere("/api/v1/sites/none/comments").sendJsonObject(comment("x")))
            .statusCode());
    assertEquals(429, untilLimited(operation, "/api/v1/sites/blog/comments", "198.51.100.1"));
  }

  @Test
  void changing_ones_own() {
    String[] paths = new String[2];
    String[] tokens = new String[2];
    for (int i = 0; i < 2; i++) {
      JsonObject posted = post(comment("Mine, number " + i)).bodyAsJsonObject();
      paths[i] = "/api/v1/sites/blog/comments/" + posted.getJsonObject("comment").getString("id");
      tokens[i] = posted.getString("ownerToken");
    }
    var text = new JsonObject().put("body", "Changed");
    assertEquals(200, own("PATCH", paths[0], tokens[0], "\"1\"", text));
    assertEquals(412, own("PATCH", paths[0], tokens[0], "\"1\"", text));
    assertEquals(422, own("PATCH", paths[0], tokens[0], "\"2\"", new JsonObject()));
    assertEquals(
        413,
        own(
            "PATCH",
            paths[0],
            tokens[0],
            "\"2\"",
            new JsonObject().put("body", "x".repeat(140_000))));
    assertEquals(
        400,
        check(
                "PATCH " + ONE,
                request("PATCH", paths[0])
                    .putHeader("Content-Type", "application/json")
                    .sendBuffer(Buffer.buffer("{")))
            .statusCode());
    assertEquals(
        415,
        check("PATCH " + ONE, request("PATCH", paths[0]).sendBuffer(Buffer.buffer("x")))
            .statusCode());
    assertEquals(412, own("DELETE", paths[1], tokens[1], "\"9\"", null));
    for (String method : new String[] {"PATCH", "DELETE"}) {
      assertEquals(428, own(method, paths[1], tokens[1], null, text));
      assertEquals(401, own(method, paths[1], tokens[0], "\"1\"", text));
      assertEquals(404, own(method, "/api/v1/sites/none/comments/11zz", tokens[1], "\"1\"", text));
      var foreign = request(method, paths[1]).putHeader("Origin", "https://evil.example");
      assertEquals(403, check(method + " " + ONE, foreign.sendJsonObject(text)).statusCode());
      int limited = 0;
      for (int i = 0; i < 150 && limited != 429; i++) {
        var again = request(method, paths[1]).putHeader("X-Forwarded-For", "198.51.100.9");
        limited = check(method + " " + ONE, again.sendJsonObject(text)).statusCode();
      }
      assertEquals(429, limited);
    }
    assertEquals(204, own("DELETE", paths[1], tokens[1], "\"1\"", null));
  }

  private static final String ONE = SITE + "/comments/{id}";

  private int own(String method, String path, String token, String ifMatch, JsonObject body) {
    HttpRequest<Buffer> request = request(method, path).bearerTokenAuthentication(token);
    if (ifMatch != null) request.putHeader("If-Match", ifMatch);
    return check(method + " " + ONE, body == null ? request.send() : request.sendJsonObject(body))
        .statusCode();
  }

  private HttpRequest<Buffer> request(String method, String path) {
    return elsewhere(path).method(io.vertx.core.http.HttpMethod.valueOf(method));
  }

  @Test
  void flagging() {
    String operation = "POST " + SITE + "/comments/{id}/flags";
    String path = "/api/v1/sites/blog/comments/" + posted("Report me").getString("id") + "/flags";
    var flag = new JsonObject().put("reason", "spam").put("commenterKey", "f".repeat(32));
    assertEquals(204, check(operation, elsewhere(path).sendJsonObject(flag)).statusCode());
    assertEquals(
        400,
        check(
                operation,
                elsewhere(path)
                    .putHeader("Content-Type", "application/json")
                    .sendBuffer(Buffer.buffer("{")))
            .statusCode());
    assertEquals(
        403,
        check(operation, elsewhere(path).putHeader("Origin", "null").sendJsonObject(flag))
            .statusCode());
    assertEquals(
        404,
        check(operation, elsewhere("/api/v1/sites/blog/comments/11zz/flags").sendJsonObject(flag))
            .statusCode());
    assertEquals(
        413,
        check(
                operation,
                elsewhere(path).sendJsonObject(flag.copy().put("note", "x".repeat(20_000))))
            .statusCode());
    assertEquals(
        415, check(operation, elsewhere(path).sendBuffer(Buffer.buffer("x"))).statusCode());
    assertEquals(
        422,
        check(operation, elsewhere(path).sendJsonObject(flag.copy().put("reason", "boring")))
            .statusCode());
    assertEquals(429, untilLimited(operation, path, "198.51.100.77"));
  }

  @Test
  void previewing() {
    String operation = "POST " + SITE + "/preview";
    String path = "/api/v1/sites/blog/preview";
    var body = new JsonObject().put("body", "*Hello*");
    assertEquals(200, check(operation, elsewhere(path).sendJsonObject(body)).statusCode());
    assertEquals(
        400,
        check(
                operation,
                elsewhere(path)
                    .putHeader("Content-Type", "application/json")
                    .sendBuffer(Buffer.buffer("{")))
            .statusCode());
    assertEquals(
        403,
        check(operation, elsewhere(path).putHeader("Origin", "null").sendJsonObject(body))
            .statusCode());
    assertEquals(
        404,
        check(operation, elsewhere("/api/v1/sites/none/preview").sendJsonObject(body))
            .statusCode());
    assertEquals(
        413,
        check(
                operation,
                elsewhere(path).sendJsonObject(new JsonObject().put("body", "x".repeat(140_000))))
            .statusCode());
    assertEquals(
        415, check(operation, elsewhere(path).sendBuffer(Buffer.buffer("x"))).statusCode());
    assertEquals(
        422,
        check(operation, elsewhere(path).sendJsonObject(new JsonObject().put("text", "x")))
            .statusCode());
    assertEquals(429, untilLimited(operation, path, "198.51.100.2"));
  }

  @Test
  void voting() {
    String operation = "PUT " + SITE + "/comments/{id}/vote";
    String path = "/api/v1/sites/blog/comments/" + posted("Vote").getString("id") + "/vote";
    var vote = new JsonObject().put("value", 1).put("commenterKey", "0".repeat(32));
    assertEquals(200, vote(operation, path, vote));
    assertEquals(422, vote(operation, path, new JsonObject()));
    assertEquals(413, vote(operation, path, new JsonObject().put("x", "x".repeat(20_000))));
    assertEquals(404, vote(operation, "/api/v1/sites/blog/comments/11zz/vote", vote));
    assertEquals(
        403,
        check(operation, put(path).putHeader("Origin", "null").sendJsonObject(vote)).statusCode());
    assertEquals(415, check(operation, put(path).sendBuffer(Buffer.buffer("x"))).statusCode());
    assertEquals(
        400,
        check(
                operation,
                put(path)
                    .putHeader("Content-Type", "application/json")
                    .sendBuffer(Buffer.buffer("{")))
            .statusCode());
    int status = 200;
    for (int i = 0; i < 100 && status != 429; i++) {
      var voter = put(path).putHeader("X-Forwarded-For", "198.51.100.9");
      status = check(operation, voter.sendJsonObject(vote)).statusCode();
    }
    assertEquals(429, status);
  }

  private int vote(String operation, String path, JsonObject vote) {
    return check(operation, put(path).sendJsonObject(vote)).statusCode();
  }

  private HttpRequest<Buffer> put(String path) {
    return running.request(HttpMethod.PUT, path).putHeader("Origin", RunningService.ORIGIN);
  }

  @Test
  void files() {
    for (String path :
        new String[] {
          "/embed/v1.js",
          "/embed/v1/element.js",
          "/admin",
          "/admin/main.js",
          "/page/thread.css",
          "/api/v1/openapi.yaml"
        }) {
      String operation =
          "GET " + path.replaceFirst("(?<=/v1/|/admin/|/page/)[a-z]+[.](js|css)", "{file}");
      HttpResponse<Buffer> file = get(operation, path);
      assertEquals(200, file.statusCode());
      assertEquals(
          304,
          check(
                  operation,
                  running.get(path).putHeader("If-None-Match", file.getHeader("ETag")).send())
              .statusCode());
    }
    assertEquals(404, get("GET /embed/v1/{file}", "/embed/v1/none.js").statusCode());
    assertEquals(404, get("GET /admin/{file}", "/admin/none.js").statusCode());
    assertEquals(404, get("GET /page/{file}", "/page/none.css").statusCode());
    assertEquals(200, get("GET /problems/{slug}", "/problems/not-found").statusCode());
    assertEquals(404, get("GET /problems/{slug}", "/problems/none").statusCode());
  }

  @Test
  void moderating() {
    var moderators = running.service().moderators();
    String email = "mo@blog.example";
    String password = "a long enough password";
    await(
        moderators.add(
            "test", email, "Mo", Optional.of(password), Map.of("blog", Role.MODERATOR), false));
    String token =
        await(moderators.issueToken(email, "test", EnumSet.allOf(Scope.class), Optional.empty()));
    JsonObject held =
        post(comment("Waits for its link: https://y.example"))
            .bodyAsJsonObject()
            .getJsonObject("comment");

    signingIn(email, password);
    String queue = "GET /api/v1/admin/queue";
    assertEquals(
        200, check(queue, as(token, running.get("/api/v1/admin/queue")).send()).statusCode());
    assertEquals(
        400,
        check(queue, as(token, running.get("/api/v1/admin/queue?status=x")).send()).statusCode());
    assertEquals(401, get(queue, "/api/v1/admin/queue").statusCode());
    assertEquals(
        404,
        check(queue, as(token, running.get("/api/v1/admin/queue?site=none")).send()).statusCode());
    String reading =
        await(moderators.issueToken(email, "reads", EnumSet.of(Scope.AUDIT), Optional.empty()));
    assertEquals(
        403, check(queue, as(reading, running.get("/api/v1/admin/queue")).send()).statusCode());
    deciding(token, reading, held.getString("id"));
  }

  private void signingIn(String email, String password) {
    String path = "/api/v1/admin/session";
    String operation = "POST " + path;
    var body = new JsonObject().put("email", email).put("password", password);
    assertEquals(
        400,
        check(
                operation,
                ours(path)
                    .putHeader("Content-Type", "application/json")
                    .sendBuffer(Buffer.buffer("{")))
            .statusCode());
    assertEquals(
        403,
        check(
                operation,
                ours(path).putHeader("Origin", "https://evil.example").sendJsonObject(body))
            .statusCode());
    assertEquals(
        413,
        check(
                operation,
                ours(path).sendJsonObject(new JsonObject().put("email", "x".repeat(20_000))))
            .statusCode());
    assertEquals(415, check(operation, ours(path).sendBuffer(Buffer.buffer("x"))).statusCode());
    assertEquals(422, check(operation, ours(path).sendJsonObject(new JsonObject())).statusCode());
    HttpResponse<Buffer> session = check(operation, ours(path).sendJsonObject(body));
    assertEquals(200, session.statusCode(), session.bodyAsString());
    String cookie = session.getHeader("Set-Cookie").split(";")[0];
    String csrf = session.bodyAsJsonObject().getString("csrf");
    assertEquals(
        200,
        check("GET " + path, running.get(path).putHeader("Cookie", cookie).send()).statusCode());
    assertEquals(401, get("GET " + path, path).statusCode());
    HttpRequest<Buffer> end =
        running.get(path).method(HttpMethod.DELETE).putHeader("Origin", origin());
    assertEquals(401, check("DELETE " + path, end.send()).statusCode());
    assertEquals(403, check("DELETE " + path, end.putHeader("Cookie", cookie).send()).statusCode());
    assertEquals(
        204, check("DELETE " + path, end.putHeader("X-CSRF-Token", csrf).send()).statusCode());
    assertEquals(
        401,
        check("GET " + path, running.get(path).putHeader("Cookie", cookie).send()).statusCode());
    assertEquals(
        401,
        check(operation, ours(path).sendJsonObject(body.copy().put("password", "wrong")))
            .statusCode());
    int last = 401;
    for (int i = 0; i < 100 && last == 401; i++) {
      last =
          check(operation, ours(path).sendJsonObject(body.copy().put("password", "wrong")))
              .statusCode();
    }
    assertEquals(429, last);
  }

  private void deciding(String token, String reading, String id) {
    String path = "/api/v1/admin/decisions";
    String operation = "POST " + path;
    var items = new JsonArray().add(new JsonObject().put("id", id).put("version", 1));
    var body = new JsonObject().put("action", "approve").put("items", items);
    assertEquals(
        400,
        check(
                operation,
                as(token, ours(path))
                    .putHeader("Content-Type", "application/json")
                    .sendBuffer(Buffer.buffer("[")))
            .statusCode());
    assertEquals(401, check(operation, ours(path).sendJsonObject(body)).statusCode());
    assertEquals(403, check(operation, as(reading, ours(path)).sendJsonObject(body)).statusCode());
    assertEquals(
        415, check(operation, as(token, ours(path)).sendBuffer(Buffer.buffer("x"))).statusCode());
    assertEquals(
        422, check(operation, as(token, ours(path)).sendJsonObject(new JsonObject())).statusCode());
    HttpResponse<Buffer> decided = check(operation, as(token, ours(path)).sendJsonObject(body));
    assertEquals(200, decided.statusCode(), decided.bodyAsString());
    String undo = path + "/" + decided.bodyAsJsonObject().getString("id") + "/undo";
    operation = "POST " + path + "/{id}/undo";
    assertEquals(401, check(operation, ours(undo).send()).statusCode());
    assertEquals(403, check(operation, as(reading, ours(undo)).send()).statusCode());
    assertEquals(200, check(operation, as(token, ours(undo)).send()).statusCode());
    assertEquals(404, check(operation, as(token, ours(undo)).send()).statusCode());
  }

  @Test
  void administering() {
    new AdminContract(running, contract).askEverything();
  }

  private HttpRequest<Buffer> ours(String path) {
    return running.postTo(path).putHeader("Origin", origin());
  }

  private String origin() {
    return "http://localhost:" + running.service().httpPort();
  }

  private static HttpRequest<Buffer> as(String token, HttpRequest<Buffer> request) {
    return request.bearerTokenAuthentication(token);
  }

  @Test
  void the_page_without_script() {
    HttpResponse<Buffer> page = get("GET /t", "/t?site=blog&page=plain.html");
    HttpRequest<Buffer> again = running.get("/t?site=blog&page=plain.html");
    assertEquals(
        304,
        check("GET /t", again.putHeader("If-None-Match", page.getHeader("ETag")).send())
            .statusCode());
    assertEquals(400, get("GET /t", "/t?site=blog").statusCode());
    assertEquals(404, get("GET /t", "/t?site=none&page=x").statusCode());

    Document form = Jsoup.parse(page.bodyAsString());
    assertEquals(303, form(form, "Plain").statusCode());
    assertEquals(200, form(form, "Held: https://x.example").statusCode());
    assertEquals(422, form(form, "").statusCode());
    form.selectFirst("[name=stamp]")
        .attr(
            "value",
            Jsoup.parse(get("GET /t", "/t?site=blog&page=other.html").bodyAsString())
                .selectFirst("[name=stamp]")
                .attr("value"));
    assertEquals(409, form(form, "plain").statusCode());
    assertEquals(413, form(form, "x".repeat(140_000)).statusCode());
    form.selectFirst("[name=site]").attr("value", "none");
    assertEquals(404, form(form, "Nowhere").statusCode());
    form.selectFirst("[name=site]").attr("value", "blog");
    HttpRequest<Buffer> foreign = elsewhere("/t");
    assertEquals(
        403, check("POST /t", foreign.sendForm(MultiMap.caseInsensitiveMultiMap())).statusCode());
    HttpRequest<Buffer> json =
        elsewhere("/t").putHeader("Origin", running.service().config().publicBaseUrl());
    assertEquals(415, check("POST /t", json.sendJsonObject(new JsonObject())).statusCode());
    HttpRequest<Buffer> doubled =
        elsewhere("/t").putHeader("Origin", running.service().config().publicBaseUrl());
    doubled.putHeader("Content-Type", "application/x-www-form-urlencoded");
    assertEquals(
        400, check("POST /t", doubled.sendBuffer(Buffer.buffer("page=a&page=b"))).statusCode());
    int status = 0;
    for (int i = 0; i < 150 && status != 429; i++)
      status = form(form, "", "198.51.100.3").statusCode();
    assertEquals(429, status);
  }

  private HttpResponse<Buffer> form(Document page, String text) {
    return form(page, text, "198.51.100.4");
  }

  private HttpResponse<Buffer> form(Document page, String text, String address) {
    MultiMap form = MultiMap.caseInsensitiveMultiMap();
    page.select("form input").forEach(input -> form.set(input.attr("name"), input.attr("value")));
    HttpRequest<Buffer> request =
        elsewhere("/t").putHeader("Origin", running.service().config().publicBaseUrl());
    request.putHeader("X-Forwarded-For", address).followRedirects(false);
    return check("POST /t", request.sendForm(form.set("name", "Ada").set("body", text)));
  }

  @Test
  void legal_notices() {
    new NoticeContract(running, contract).askEverything();
  }

  @Test
  void permalinks_and_fragments() {
    String id = posted("Permanent").getString("id");
    assertEquals(
        302,
        check("GET /c/{id}", running.get("/c/" + id).followRedirects(false).send()).statusCode());
    assertEquals(404, get("GET /c/{id}", "/c/11zzz").statusCode());
    String fragment = "GET /embed/v1/fragment";
    HttpResponse<Buffer> found = get(fragment, "/embed/v1/fragment?site=blog&page=a.html");
    assertEquals(200, found.statusCode());
    var again =
        running
            .get("/embed/v1/fragment?site=blog&page=a.html")
            .putHeader("If-None-Match", found.getHeader("ETag"));
    assertEquals(304, check(fragment, again.send()).statusCode());
    assertEquals(400, get(fragment, "/embed/v1/fragment?site=blog").statusCode());
    assertEquals(404, get(fragment, "/embed/v1/fragment?site=none&page=x").statusCode());
  }

  @Test
  void operating() {
    for (String path : new String[] {"/livez", "/startupz", "/readyz", "/metrics"}) {
      assertEquals(
          200,
          check("GET " + path, running.get(path).port(running.service().managementPort()).send())
              .statusCode());
    }
  }

  private int untilLimited(String operation, String path, String address) {
    for (int i = 0; i < 150; i++) {
      var request = elsewhere(path).putHeader("X-Forwarded-For", address);
      int status =
          check(operation, request.sendJsonObject(new JsonObject().put("body", 7))).statusCode();
      if (status == 429) return status;
    }
    return 0;
  }

  private JsonObject posted(String text) {
    return post(comment(text)).bodyAsJsonObject().getJsonObject("comment");
  }

  private HttpResponse<Buffer> post(JsonObject comment) {
    return check("POST " + SITE + "/comments", running.post().sendJsonObject(comment));
  }

  private HttpRequest<Buffer> elsewhere(String path) {
    HttpRequest<Buffer> request = running.post().uri(path);
    return request.putHeader("Idempotency-Key", UUID.randomUUID().toString());
  }

  private HttpResponse<Buffer> get(String operation, String path) {
    return check(operation, running.get(path).send());
  }

  private HttpResponse<Buffer> check(String operation, Future<HttpResponse<Buffer>> answer) {
    return contract.check(operation, await(answer));
  }
}
