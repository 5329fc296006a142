package afterword.journeys;

import static afterword.journeys.AdminClient.item;
import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What third parties are told, and what they are not. */
class WebhooksIT {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final SiteSettings ALL_HELD =
      new SiteSettings(Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
  private static final Vertx VERTX = Vertx.vertx();
  private static final TestClock CLOCK = new TestClock();
  private static Receiver receiver;
  private static RunningService running;
  private static AdminClient owner;

  private String webhook;
  private String secret;

  @BeforeAll
  static void start() {
    receiver = new Receiver(VERTX);
    running = new RunningService(ALL_HELD, CLOCK, "--outbound-hosts=" + receiver.host());
    owner = AdminClient.of(running, "Olive Owner", Map.of("blog", Role.OWNER));
  }

  /** Nothing is left of the tests before: neither comments, nor webhooks, nor what they said. */
  @BeforeEach
  void begin() {
    running.database().run("truncate webhook, comment, decision, outbox, audit cascade");
    receiver.forget();
    JsonObject made = add(receiver.url());
    webhook = made.getString("id");
    secret = made.getString("secret");
  }

  @AfterAll
  static void stop() {
    running.close();
    receiver.close();
    await(VERTX.close());
  }

  @Test
  void approving_and_undoing_within_the_grace_leaves_no_delivery() {
    String id = held("Perhaps");
    passGrace();
    eventually("it is told of", () -> receiver.events().equals(List.of("comment.held")));

    JsonObject decided = owner.decide("approve", item(id, 1));
    assertEquals("1", count("outbox"));
    CLOCK.advance(GRACE.minusSeconds(1));
    undo(decided);
    assertEquals("0", count("outbox"));
    passGrace();
    ping();

    eventually("the ping came", () -> receiver.events().contains("ping"));
    assertEquals(List.of("comment.held", "ping"), receiver.events());
    assertEquals("2", count("delivery"));
  }

  @Test
  void of_what_changes_within_the_grace_only_the_end_is_told() {
    String id = held("In a hurry");
    owner.decide("approve", item(id, 1));
    owner.decide("reject", item(id, 2));
    owner.decide("approve", item(id, 3));
    String never = held("Rejected before anybody heard of it");
    owner.decide("spam", item(never, 1));
    passGrace();
    eventually("nothing is left to tell", () -> count("outbox").equals("0"));

    assertEquals("1", count("delivery"));
    eventually("that came", () -> receiver.events().equals(List.of("comment.published")));
  }

  @Test
  void a_comment_is_told_of_as_the_public_interface_shows_it_and_signed() throws Exception {
    String id = held("Hello *you*");
    owner.decide("approve", item(id, 1));
    passGrace();
    eventually("it is told of", () -> receiver.calls().size() == 1);

    Receiver.Call call = receiver.calls().get(0);
    JsonObject shown =
        await(running.get("/api/v1/sites/blog/comments/" + id).send())
            .bodyAsJsonObject()
            .getJsonObject("comment");
    assertEquals("comment.published", call.event());
    assertEquals(shown, call.comment());
    JsonObject data = call.json().getJsonObject("data");
    assertEquals("blog", data.getString("site"));
    assertEquals("a.html", data.getJsonObject("page").getString("key"));
    assertEquals(RunningService.ORIGIN + "/a.html", data.getJsonObject("page").getString("url"));
    assertTrue(isSigned(call, secret));
    assertEquals(CLOCK.instant().getEpochSecond(), Long.parseLong(call.timestamp()));
    assertFalse(isSigned(call, "whsec_" + Base64.getEncoder().encodeToString(new byte[32])));
  }

  @Test
  void what_was_told_and_is_gone_is_taken_back_without_its_text() {
    String id = published("Soon gone");

    owner.decide("delete", item(id, 2));
    passGrace();
    eventually("that is told", () -> receiver.events().contains("comment.removed"));

    Receiver.Call removed = receiver.calls().get(1);
    assertEquals(id, removed.comment().getString("id"));
    assertEquals("deleted", removed.comment().getString("status"));
    assertNull(removed.comment().getValue("author"));
    assertFalse(removed.body().toString().contains("Soon gone"));
    assertNotEquals(receiver.calls().get(0).id(), removed.id());
  }

  @Test
  void erasing_leaves_nothing_to_tell_but_that_it_is_gone() {
    String id = published("Personal");
    String other = held("Never told of");
    assertEquals(204, owner.delete("comments/" + id + "?erase=true").statusCode());
    assertEquals(204, owner.delete("comments/" + other + "?erase=true").statusCode());
    passGrace();
    eventually("nothing is left to tell", () -> count("outbox").equals("0"));

    assertEquals("2", count("delivery"));
    eventually("the other came", () -> receiver.calls().size() == 2);
    assertEquals("comment.removed", receiver.events().get(1));
    assertFalse(receiver.calls().get(1).body().toString().contains("Personal"));
  }

  @Test
  void editing_is_told_once_with_the_text_that_stands() {
    String id = published("First");
    for (int n = 0; n < 2; n++)
      assertEquals(
          200,
          owner
              .patch(
                  "comments/" + id, new JsonObject().put("body", "Take " + n).put("version", 2 + n))
              .statusCode());
    passGrace();

    eventually("that is told", () -> receiver.calls().size() == 2);
    assertEquals("comment.edited", receiver.events().get(1));
    assertEquals("<p>Take 1</p>", receiver.calls().get(1).comment().getString("html").strip());
  }

  @Test
  void staff_replies_and_what_comes_back_to_the_queue_are_told() {
    String id = published("A question");
    JsonObject answer = new JsonObject().put("body", "An answer");
    assertEquals(201, owner.post("comments/" + id + "/replies", answer).statusCode());
    owner.decide("hold", item(id, 2));
    passGrace();

    eventually("both are told", () -> receiver.calls().size() == 3);
    assertEquals(
        new HashSet<>(List.of("comment.published", "comment.held")),
        new HashSet<>(receiver.events().subList(1, 3)));
  }

  @Test
  void a_receiver_that_fails_is_asked_again_under_the_same_id_later_and_later() {
    receiver.answers(500);
    held("Told eight times");
    passGrace();
    for (int n = 1; n <= 8; n++) {
      int attempts = n;
      eventually("attempt " + n, () -> receiver.calls().size() == attempts);
      eventually("it is noted", () -> deliveries("attempts >= " + attempts + noted(attempts)));
      // Or the next answer could be taken for noted as soon as it is asked for.
      if (n < 8) running.database().run("update delivery set answer = null");
      CLOCK.advance(Duration.ofHours(15));
    }

    assertEquals(1, receiver.calls().stream().map(Receiver.Call::id).distinct().count());
    JsonObject failed = listed("failed").getJsonObject(0);
    assertEquals(8, failed.getInteger("attempts"));
    assertEquals(500, failed.getInteger("answer"));
    assertEquals("the receiver answered 500", failed.getString("error"));

    receiver.answers(204);
    String again = "sites/blog/deliveries/" + failed.getString("id") + "/redeliver";
    assertEquals(202, owner.post(again, new JsonObject()).statusCode());
    eventually("it arrived", () -> listed("delivered").size() == 1);
    assertEquals(9, receiver.calls().size());
    assertEquals(receiver.calls().get(0).id(), receiver.calls().get(8).id());
  }

  private static String noted(int attempts) {
    return attempts == 8
        ? " and status = 'failed'"
        : " and answer is not null and next_at > now_then";
  }

  @Test
  void what_is_not_so_any_more_is_not_told_late() {
    receiver.answers(503);
    String id = held("Waits");
    passGrace();
    eventually("it was tried", () -> deliveries("answer = 503"));
    receiver.answers(200);
    owner.decide("approve", item(id, 1));
    passGrace();

    eventually("the news came", () -> receiver.events().contains("comment.published"));
    eventually("the old news is given up", () -> listed("obsolete").size() == 1);
    assertEquals(List.of("comment.held", "comment.published"), receiver.events());
  }

  @Test
  void hostile_answers_harm_nothing() {
    Stream.<io.vertx.core.Handler<io.vertx.core.http.HttpServerResponse>>of(
            response ->
                response.setStatusCode(302).putHeader("Location", "http://127.0.0.1:1/x").end(),
            response ->
                response
                    .setChunked(true)
                    .write("x".repeat(200_000))
                    .onComplete(w -> response.end()),
            response -> response.putHeader("X-Long", "y".repeat(40_000)).end(),
            response -> response.reset(),
            response -> response.setStatusCode(599).setStatusMessage("<script>").end())
        .forEach(
            hostile -> {
              int before = receiver.calls().size();
              receiver.answers(hostile);
              ping();
              eventually("the ping came", () -> receiver.calls().size() == before + 1);
              eventually("it is given up", () -> !deliveries("status = 'waiting'"));
            });

    assertEquals(5, listed("failed").size(), listed("failed").encodePrettily());
    receiver.answers(200);
    ping();
    eventually("others still arrive", () -> listed("delivered").size() == 1);
  }

  @Test
  void two_secrets_sign_while_one_is_exchanged() throws Exception {
    JsonObject made =
        AdminClient.ok(owner.post("sites/blog/webhooks/" + webhook + "/secret", new JsonObject()));
    String next = made.getString("secret");
    assertNotEquals(secret, next);
    ping();
    eventually("the ping came", () -> receiver.calls().size() == 1);
    assertTrue(isSigned(receiver.calls().get(0), secret));
    assertTrue(isSigned(receiver.calls().get(0), next));
    eventually("it is noted", () -> listed("delivered").size() == 1);

    CLOCK.advance(Duration.ofDays(1));
    ping();
    eventually("the ping came", () -> receiver.calls().size() == 2);
    assertFalse(isSigned(receiver.calls().get(1), secret));
    assertTrue(isSigned(receiver.calls().get(1), next));
  }

  @Test
  void secrets_are_shown_once_and_stored_sealed() {
    assertFalse(owner.get("sites/blog/webhooks").bodyAsString().contains("whsec_"));
    byte[] plain = Base64.getDecoder().decode(secret.substring(6));
    String stored = running.database().ask("select encode(secret, 'base64') from webhook");
    byte[] sealed = Base64.getMimeDecoder().decode(stored);
    assertFalse(
        new String(sealed, StandardCharsets.ISO_8859_1)
            .contains(new String(plain, StandardCharsets.ISO_8859_1)));
    assertEquals(plain.length + 28, sealed.length);
  }

  @Test
  void addresses_inside_are_never_called() {
    for (String url :
        List.of(
            "http://hook.example/",
            "https://user@hook.example/",
            "ftp://hook.example/",
            "https://0x7f.1/"))
      assertEquals(
          422,
          owner.post("sites/blog/webhooks", new JsonObject().put("url", url)).statusCode(),
          url);
    String inside = add("https://127.0.0.1:1/hook").getString("id");
    owner.post("sites/blog/webhooks/" + inside + "/ping", new JsonObject());

    eventually("it is given up", () -> listed("failed").size() == 1);
    JsonObject failed = listed("failed").getJsonObject(0);
    assertEquals(1, failed.getInteger("attempts"));
    assertTrue(failed.getString("error").contains("not public"), failed.encode());
  }

  @Test
  void what_is_switched_off_hears_nothing_of_that_time() {
    switchOn(false);
    held("Meanwhile");
    passGrace();
    eventually("nothing is left to tell", () -> count("outbox").equals("0"));
    assertEquals(
        409, owner.post("sites/blog/webhooks/" + webhook + "/ping", new JsonObject()).statusCode());
    switchOn(true);
    ping();

    eventually("the ping came", () -> receiver.calls().size() == 1);
    assertEquals(List.of("ping"), receiver.events());
  }

  @Test
  void a_webhook_hears_only_what_it_asked_for() {
    JsonObject only = new JsonObject().put("events", new JsonArray().add("comment.removed"));
    assertEquals(200, owner.patch("sites/blog/webhooks/" + webhook, only).statusCode());
    String id = held("Held, published, removed");
    passGrace();
    eventually("nothing is left to tell", () -> count("outbox").equals("0"));
    owner.decide("approve", item(id, 1));
    passGrace();
    eventually("nothing is left to tell", () -> count("outbox").equals("0"));
    owner.decide("spam", item(id, 2));
    passGrace();

    eventually("that came", () -> receiver.calls().size() == 1);
    assertEquals(List.of("comment.removed"), receiver.events());
  }

  @Test
  void changes_of_webhooks_are_audited_without_address_or_secret() {
    owner.post("sites/blog/webhooks/" + webhook + "/secret", new JsonObject());
    switchOn(false);
    assertEquals(204, owner.delete("sites/blog/webhooks/" + webhook).statusCode());

    assertEquals(
        "webhook-added webhook-secret-changed webhook-changed webhook-removed",
        running
            .database()
            .ask(
                "select string_agg(action, ' ' order by id) from audit where object like 'webhook:%'"));
    assertEquals(
        "0",
        running
            .database()
            .ask("select count(*) from audit where audit::text ~ 'hook/|whsec|127.0.0.1'"));
  }

  private JsonObject add(String url) {
    var answer = owner.post("sites/blog/webhooks", new JsonObject().put("url", url));
    assertEquals(201, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsJsonObject();
  }

  private void switchOn(boolean enabled) {
    var change = new JsonObject().put("enabled", enabled);
    assertEquals(200, owner.patch("sites/blog/webhooks/" + webhook, change).statusCode());
  }

  private String published(String text) {
    String id = held(text);
    owner.decide("approve", item(id, 1));
    passGrace();
    eventually("it is told of", () -> receiver.events().contains("comment.published"));
    return id;
  }

  private String held(String text) {
    var answer = running.send(comment(text));
    assertEquals(202, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsJsonObject().getJsonObject("comment").getString("id");
  }

  private void undo(JsonObject decided) {
    AdminClient.ok(owner.post("decisions/" + decided.getString("id") + "/undo", new JsonObject()));
  }

  private void ping() {
    var answer = owner.post("sites/blog/webhooks/" + webhook + "/ping", new JsonObject());
    assertEquals(202, answer.statusCode(), answer.bodyAsString());
  }

  private void passGrace() {
    CLOCK.advance(GRACE);
  }

  private JsonArray listed(String status) {
    return owner.read("sites/blog/deliveries?status=" + status).getJsonArray("deliveries");
  }

  private boolean deliveries(String condition) {
    String sql = condition.replace("now_then", "'" + CLOCK.instant() + "'::timestamptz");
    return !running.database().ask("select count(*) from delivery where " + sql).equals("0");
  }

  private String count(String table) {
    return running.database().ask("select count(*) from " + table);
  }

  @Test
  void the_recipe_of_the_document_tells_signed_calls_from_others(@TempDir Path folder)
      throws Exception {
    String document = Files.readString(Path.of("docs/webhooks.md"));
    Path script = folder.resolve("verify.mjs");
    Files.writeString(script, document.split("```js\n")[1].split("```")[0]);
    String body = "{\"type\":\"ping\"}";
    String now = Long.toString(System.currentTimeMillis() / 1_000);
    String signed = "v1,bm9uc2Vuc2U= " + signature("115k", now, body, secret);

    assertEquals("signed", verify(script, "115k", now, signed, body));
    assertEquals("not signed", verify(script, "115k", now, signed, body + " "));
    assertEquals("not signed", verify(script, "115l", now, signed, body));
    assertEquals("not signed", verify(script, "115k", now, "v1, v2,x nonsense", body));
    assertEquals(
        "too old", verify(script, "115k", "1", signature("115k", "1", body, secret), body));
  }

  private String verify(Path script, String id, String at, String signed, String body)
      throws Exception {
    var process = new ProcessBuilder("node", script.toString(), secret, id, at, signed).start();
    process.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> new String(error(process), StandardCharsets.UTF_8));
    return said.strip();
  }

  private static byte[] error(Process process) {
    try {
      return process.getErrorStream().readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String signature(String id, String at, String body, String secret)
      throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
    byte[] signed = mac.doFinal((id + "." + at + "." + body).getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(signed);
  }

  /** As a receiver checks it: worked out anew; any of several signatures will do. */
  static boolean isSigned(Receiver.Call call, String secret) throws Exception {
    String wanted = signature(call.id(), call.timestamp(), call.body().toString(), secret);
    return List.of(call.signature().split(" ")).contains(wanted);
  }
}
