package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.ORIGIN;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static afterword.journeys.WebhooksIT.isSigned;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.Service;
import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.config.Config;
import afterword.db.TestDatabase;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The secret is changed under a running service: what was given out before goes on working. */
@ExtendWith(VertxExtension.class)
class SecretRotationIT {
  private static final String FORMER = TestDatabase.SECRET;
  private static final String NEWEST = "x7Kp2Vw9Zs4Bn6Qf1Lj8Rc3Yd5Hm0TgUaEoPiNeW";
  private static final String COMMENTER = "c".repeat(22);
  private static final String PAGE = "/api/v1/sites/blog/thread?page=a.html";
  private static final String THREAD = PAGE + "&limit=1";
  private static final SiteSettings OPEN =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);

  private final TestDatabase database = TestDatabase.fresh();
  private Path file;
  private Receiver receiver;
  private Service service;
  private WebClient client;

  @BeforeEach
  void serve(Vertx vertx, @TempDir Path folder) throws IOException {
    receiver = new Receiver(vertx);
    file = folder.resolve("secret");
    keep(FORMER);
    Config config =
        Config.load(
            List.of("--port=0", "--management-port=0", "--outbound-hosts=" + receiver.host()),
            Map.of(
                "DATABASE_URL", database.url(),
                "AFTERWORD_SECRET_FILE", file.toString(),
                "AFTERWORD_TRUSTED_PROXIES", "127.0.0.0/8"));
    service = RunningService.start(vertx, config, Clock.systemUTC());
    RunningService.addBlog(service, OPEN);
    client = WebClient.create(vertx);
  }

  @AfterEach
  void stop() {
    await(service.stop());
    receiver.close();
  }

  @Test
  void what_was_given_out_before_works_until_the_former_secret_is_given_up() throws Exception {
    String key = UUID.randomUUID().toString();
    HttpResponse<Buffer> posted = post("The first", key);
    String id = posted.bodyAsJsonObject().getJsonObject("comment").getString("id");
    String owner = posted.bodyAsJsonObject().getString("ownerToken");
    post("The second", UUID.randomUUID().toString());
    String cursor = await(get(THREAD).send()).bodyAsJsonObject().getString("next");
    assertEquals(1, vote(id));
    String used = accessToken("used");
    String unused = accessToken("unused");

    change(NEWEST + "\n" + FORMER);

    assertEquals(200, edit(id, owner, "The first, edited", 1));
    assertEquals(200, status(get(THREAD + "&after=" + cursor)));
    assertEquals(200, asModerator(used));
    assertEquals(1, vote(id), "the same person, known again, has one vote");
    HttpResponse<Buffer> again = post("The first", key);
    assertEquals(id, again.bodyAsJsonObject().getJsonObject("comment").getString("id"));
    assertEquals(owner, again.bodyAsJsonObject().getString("ownerToken"));

    keep(NEWEST);
    // Of another length each time: what was answered is kept for a while, and public anyway.
    var roots = new AtomicInteger(1);
    eventually("old cursors are refused", () -> isRefused(cursor, roots));

    assertEquals(401, edit(id, owner, "Too late", 2));
    assertEquals(401, asModerator(unused), "who did not come by meanwhile");
    assertEquals(200, asModerator(used), "stored under the newest since it was used");
    assertEquals(1, vote(id));
    assertEquals("2", database.ask("select count(*) from commenter"), "nobody twice");
  }

  @Test
  void a_range_that_was_banned_before_is_banned_after() throws Exception {
    String author = "203.0.113.7";
    assertEquals(201, from(author, "Before").statusCode());
    database.run(
        "insert into ban (site_id, kind, range_hash, created_at)"
            + " select site_id, 'range', range_hash, now() from comment");
    assertEquals(403, from(author, "Banned").statusCode());

    from("192.0.2.1", "A second one");
    change(NEWEST + "\n" + FORMER);

    assertEquals(403, from(author, "Banned still").statusCode());
    assertEquals(201, from("198.51.100.7", "Somebody else").statusCode());
  }

  @Test
  void a_session_and_a_second_factor_outlive_the_former_secret() throws Exception {
    post("The first", UUID.randomUUID().toString());
    post("The second", UUID.randomUUID().toString());
    String email = "ada@blog.example";
    var roles = Map.of("blog", Role.OWNER);
    await(
        service
            .moderators()
            .add("test", email, "Ada", Optional.of("correct horse battery"), roles, false));
    HttpResponse<Buffer> signedIn = signIn(email, null);
    String cookie = signedIn.getHeader("Set-Cookie").split(";")[0];
    String csrf = signedIn.bodyAsJsonObject().getString("csrf");
    String app =
        account(HttpMethod.POST, cookie, csrf, new JsonObject())
            .bodyAsJsonObject()
            .getString("secret");
    eventually("no step ends meanwhile", () -> Instant.now().getEpochSecond() % 30 < 15);
    // Each code is taken once, and one a step early or late is taken as well.
    String early = OneTimeCode.of(app, Instant.now().minusSeconds(30));
    HttpResponse<Buffer> confirmed =
        account(HttpMethod.PUT, cookie, csrf, new JsonObject().put("code", early));
    JsonArray onPaper = confirmed.bodyAsJsonObject().getJsonArray("recoveryCodes");

    change(NEWEST + "\n" + FORMER);

    assertEquals(200, session(cookie));
    assertEquals(200, signIn(email, OneTimeCode.of(app)).statusCode());
    assertEquals(200, signIn(email, onPaper.getString(0)).statusCode());
    keep(NEWEST);
    eventually(
        "forms of before are refused",
        () -> account(HttpMethod.POST, cookie, csrf, new JsonObject()).statusCode() == 403);

    assertEquals(200, session(cookie), "stored under the newest since it was used");
    assertEquals(401, signIn(email, null).statusCode(), "the code is asked for still");
    String late = OneTimeCode.of(app, Instant.now().plusSeconds(30));
    assertEquals(200, signIn(email, late).statusCode());
    assertEquals(200, signIn(email, onPaper.getString(1)).statusCode(), "paper outlives secrets");
    assertEquals(401, signIn(email, onPaper.getString(1)).statusCode(), "once");
  }

  @Test
  void what_webhooks_are_signed_with_is_sealed_anew_when_it_is_used() throws Exception {
    post("The first", UUID.randomUUID().toString());
    post("The second", UUID.randomUUID().toString());
    String owner = accessToken("owner");
    String former = await(get(THREAD).send()).bodyAsJsonObject().getString("next");
    JsonObject used = webhook(owner, "/used");
    JsonObject unused = webhook(owner, "/unused");
    JsonObject exchanged = webhook(owner, "/exchanged");
    String next = exchange(owner, exchanged);
    assertTrue(isSigned(pinged(owner, used), used.getString("secret")));
    String sealed = sealed(used);

    change(NEWEST + "\n" + FORMER);

    assertTrue(isSigned(pinged(owner, used), used.getString("secret")));
    eventually("it is sealed anew", () -> !sealed(used).equals(sealed));
    String anew = sealed(used);
    assertTrue(isSigned(pinged(owner, used), used.getString("secret")));
    assertEquals(anew, sealed(used), "once");
    assertSignedByBoth(pinged(owner, exchanged), exchanged, next);

    keep(NEWEST);
    var roots = new AtomicInteger(1);
    eventually("the former secret is given up", () -> isRefused(former, roots));
    assertTrue(isSigned(pinged(owner, used), used.getString("secret")));
    assertSignedByBoth(pinged(owner, exchanged), exchanged, next);
    ping(owner, unused);
    eventually(
        "what was not used meanwhile cannot be signed any more, and says so",
        () ->
            database
                .ask("select count(*) from delivery where status = 'failed' and error is not null")
                .equals("1"));
  }

  /** The receiver has a day to change over, and the installation may change its secret within. */
  private static void assertSignedByBoth(Receiver.Call call, JsonObject webhook, String next)
      throws Exception {
    assertTrue(isSigned(call, next), "by the new one");
    assertTrue(isSigned(call, webhook.getString("secret")), "by the one before");
  }

  private String exchange(String owner, JsonObject webhook) {
    HttpResponse<Buffer> made =
        await(
            asOwner(owner, "/" + webhook.getString("id") + "/secret")
                .sendJsonObject(new JsonObject()));
    assertEquals(200, made.statusCode(), made.bodyAsString());
    return made.bodyAsJsonObject().getString("secret");
  }

  private JsonObject webhook(String owner, String path) {
    HttpResponse<Buffer> made =
        await(
            asOwner(owner, "")
                .sendJsonObject(new JsonObject().put("url", "http://" + receiver.host() + path)));
    assertEquals(201, made.statusCode(), made.bodyAsString());
    return made.bodyAsJsonObject();
  }

  private HttpRequest<Buffer> asOwner(String token, String more) {
    return client
        .post(service.httpPort(), "127.0.0.1", "/api/v1/admin/sites/blog/webhooks" + more)
        .bearerTokenAuthentication(token);
  }

  private void ping(String owner, JsonObject webhook) {
    HttpResponse<Buffer> asked =
        await(
            asOwner(owner, "/" + webhook.getString("id") + "/ping")
                .sendJsonObject(new JsonObject()));
    assertEquals(202, asked.statusCode(), asked.bodyAsString());
  }

  private Receiver.Call pinged(String owner, JsonObject webhook) {
    int before = receiver.calls().size();
    ping(owner, webhook);
    eventually("the ping came", () -> receiver.calls().size() > before);
    return receiver.calls().get(before);
  }

  private String sealed(JsonObject webhook) {
    return database.ask(
        "select encode(secret, 'hex') from webhook where url like '%" + path(webhook) + "'");
  }

  private static String path(JsonObject webhook) {
    return webhook.getString("url").replaceFirst("^http://[^/]+", "");
  }

  @Test
  void a_secret_that_is_no_good_is_not_taken() throws Exception {
    post("The first", UUID.randomUUID().toString());
    post("The second", UUID.randomUUID().toString());
    String before = await(get(THREAD).send()).bodyAsJsonObject().getString("next");

    keep("changeme");
    change(NEWEST + "\n" + FORMER);

    assertEquals(200, status(get(THREAD + "&after=" + before)));
  }

  /** In one step, as a kubelet does. */
  private void keep(String secrets) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next"), secrets + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Of a list that no cache holds; there are comments enough for one. */
  private String cursor(String moderator) {
    return await(
            get("/api/v1/admin/queue?status=published&limit=1")
                .bearerTokenAuthentication(moderator)
                .send())
        .bodyAsJsonObject()
        .getString("next");
  }

  /** Until new cursors are signed anew. */
  private void change(String secrets) throws IOException {
    String moderator = accessToken("watcher-" + UUID.randomUUID());
    String before = cursor(moderator);
    keep(secrets);
    eventually("new cursors are signed anew", () -> !cursor(moderator).equals(before));
  }

  private HttpRequest<Buffer> get(String path) {
    return client.get(service.httpPort(), "127.0.0.1", path);
  }

  private HttpRequest<Buffer> request(HttpMethod method, String path) {
    return client
        .request(method, service.httpPort(), "127.0.0.1", "/api/v1/sites/blog/comments" + path)
        .putHeader("Origin", ORIGIN);
  }

  private HttpResponse<Buffer> post(String text, String key) {
    return await(
        request(HttpMethod.POST, "")
            .putHeader("Idempotency-Key", key)
            .sendJsonObject(comment(text).put("commenterKey", COMMENTER)));
  }

  private HttpResponse<Buffer> from(String address, String text) {
    return await(
        request(HttpMethod.POST, "")
            .putHeader("Idempotency-Key", UUID.randomUUID().toString())
            .putHeader("X-Forwarded-For", address)
            .sendJsonObject(comment(text)));
  }

  private int edit(String id, String owner, String text, int version) {
    return await(
            request(HttpMethod.PATCH, "/" + id)
                .bearerTokenAuthentication(owner)
                .putHeader("If-Match", "\"" + version + "\"")
                .sendJsonObject(new JsonObject().put("body", text)))
        .statusCode();
  }

  /** The score after a vote of another reader. */
  private long vote(String id) {
    HttpResponse<Buffer> answer =
        await(
            request(HttpMethod.PUT, "/" + id + "/vote")
                .sendJsonObject(
                    new JsonObject().put("value", 1).put("commenterKey", "v".repeat(22))));
    assertEquals(200, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsJsonObject().getLong("score");
  }

  private HttpResponse<Buffer> signIn(String email, String code) {
    return await(
        client
            .post(service.httpPort(), "127.0.0.1", "/api/v1/admin/session")
            .putHeader("Origin", service.config().publicBaseUrl())
            .sendJsonObject(
                new JsonObject()
                    .put("email", email)
                    .put("password", "correct horse battery")
                    .put("code", code)));
  }

  private int session(String cookie) {
    return status(get("/api/v1/admin/session").putHeader("Cookie", cookie));
  }

  /** What somebody signed in says about the second factor. */
  private HttpResponse<Buffer> account(
      HttpMethod method, String cookie, String csrf, JsonObject body) {
    return await(
        client
            .request(method, service.httpPort(), "127.0.0.1", "/api/v1/admin/me/totp")
            .putHeader("Origin", service.config().publicBaseUrl())
            .putHeader("Cookie", cookie)
            .putHeader("X-CSRF-Token", csrf)
            .sendJsonObject(body));
  }

  private String accessToken(String name) {
    String email = name + "@blog.example";
    await(
        service
            .moderators()
            .add("test", email, name, Optional.empty(), Map.of("blog", Role.OWNER), false));
    String token =
        await(
            service
                .moderators()
                .issueToken(email, "test", EnumSet.allOf(Scope.class), Optional.empty()));
    assertTrue(token.length() > 20);
    return token;
  }

  private int asModerator(String token) {
    return status(get("/api/v1/admin/queue").bearerTokenAuthentication(token));
  }

  /** Asks for each number of roots once, and there may be a hundred of them at most. */
  private boolean isRefused(String cursor, AtomicInteger roots) {
    LockSupport.parkNanos(200_000_000);
    String limit = "&limit=" + Math.min(100, roots.incrementAndGet());
    return status(get(PAGE + limit + "&after=" + cursor)) == 400;
  }

  private static int status(HttpRequest<Buffer> request) {
    return await(request.send()).statusCode();
  }
}
