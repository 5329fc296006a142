package afterword.auth;

import static afterword.auth.AuthServer.PASSWORD;
import static afterword.auth.AuthServer.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasskeyIT {
  private static final String ANNA = "anna@example.org";
  private static final String BERT = "bert@example.org";

  private final AuthServer server = new AuthServer();
  private AuthServer.Session session;

  @BeforeEach
  void signIn() {
    server.moderator(ANNA, Map.of());
    session = server.signIn(ANNA);
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** What was begun, with the browser's cookie of it. */
  private record Begun(JsonObject asked, String cookie) {}

  @Test
  void signs_in_without_password_and_code() {
    Device phone = added(session, "Phone");
    secondFactor();

    HttpResponse<String> answer = use(phone);

    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(ANNA, json(answer).getJsonObject("moderator").getString("email"));
    assertEquals(
        "passkey",
        server.test.ask(
            "select reason from audit where action = 'sign-in' order by id desc limit 1"));
  }

  @Test
  void what_is_forged_signs_nobody_in() {
    Device phone = added(session, "Phone");
    phone.counter = 7;
    assertEquals(200, use(phone).statusCode());
    server.moderator(BERT, Map.of());
    Device berts = added(server.signIn(BERT), "Bert's");
    var forgeries = new LinkedHashMap<String, Consumer<JsonObject>>();
    forgeries.put("signature altered", alter("signature"));
    forgeries.put("authenticator's data altered", alter("authenticatorData"));
    forgeries.put(
        "another person's handle",
        body -> body.getJsonObject("response").put("userHandle", handle(berts)));
    forgeries.put("another person's credential", body -> body.put("id", Device.text(berts.id)));
    forgeries.put("unknown credential", body -> body.put("id", Device.text(new byte[16])));
    forgeries.put(
        "not CBOR, not JSON", body -> body.getJsonObject("response").put("clientDataJSON", "AAAA"));
    var outcomes = new LinkedHashMap<String, Integer>();
    forgeries.forEach((name, forge) -> outcomes.put(name, forged(phone, forge)));
    phone.counter = 8;
    outcomes.put("none of these", forged(phone, body -> {}));
    outcomes.put("counter stands", forged(phone, body -> {}));
    phone.counter = 5;
    outcomes.put("counter goes back", forged(phone, body -> {}));
    phone.counter = 9;
    outcomes.put("another key", forged(phone.impostor(), body -> {}));
    phone.origin = "https://evil.example";
    outcomes.put("another origin", forged(phone, body -> {}));
    phone.origin = "http://localhost:9999";
    outcomes.put("another port", forged(phone, body -> {}));
    phone.origin = AuthServer.ORIGIN;
    phone.host = "evil.example";
    outcomes.put("another host", forged(phone, body -> {}));
    phone.host = "localhost";
    phone.recognisesPerson = false;
    outcomes.put("person not recognised", forged(phone, body -> {}));
    phone.recognisesPerson = true;
    phone.present = false;
    outcomes.put("nobody there", forged(phone, body -> {}));

    assertEquals(200, outcomes.remove("none of these"));
    outcomes.forEach((name, status) -> assertEquals(401, status, name));
    assertEquals(
        String.valueOf(outcomes.size()),
        server.test.ask("select count(*) from audit where action = 'sign-in-failed'"));
  }

  private Consumer<JsonObject> alter(String part) {
    return body -> {
      JsonObject response = body.getJsonObject("response");
      response.put(part, Device.altered(response.getString(part)));
    };
  }

  private String handle(Device device) {
    return device.use(new JsonObject()).getJsonObject("response").getString("userHandle");
  }

  private int forged(Device device, Consumer<JsonObject> forge) {
    server.clock.advance(Duration.ofMinutes(1));
    Begun begun = begin();
    JsonObject body = device.use(begun.asked);
    forge.accept(body);
    return server.post("/session/passkey", body.encode(), "Cookie", begun.cookie).statusCode();
  }

  @Test
  void a_challenge_works_once_soon_and_in_the_browser_that_got_it() {
    Device phone = added(session, "Phone");
    Begun first = begin();
    Begun second = begin();
    phone.counter++;
    String body = phone.use(first.asked).encode();

    assertEquals(401, server.post("/session/passkey", body).statusCode());
    assertEquals(401, server.post("/session/passkey", body, "Cookie", second.cookie).statusCode());
    assertEquals(200, server.post("/session/passkey", body, "Cookie", first.cookie).statusCode());
    phone.counter++;
    assertEquals(
        401,
        server
            .post("/session/passkey", phone.use(first.asked).encode(), "Cookie", first.cookie)
            .statusCode());
    Begun late = begin();
    server.clock.advance(Challenges.LIFETIME);
    assertEquals(
        401,
        server
            .post("/session/passkey", phone.use(late.asked).encode(), "Cookie", late.cookie)
            .statusCode());
  }

  @Test
  void one_made_for_signing_in_adds_none() {
    Begun begun = begin();
    JsonObject asked = begun.asked.put("user", new JsonObject().put("id", "AAAA"));

    assertEquals(422, add(session, new Begun(asked, begun.cookie), new Device(), "x").statusCode());
  }

  @Test
  void one_asked_for_in_another_session_is_not_added() {
    Begun begun = beginAdding(session);
    AuthServer.Session other = server.signIn(ANNA);

    assertEquals(422, add(other, begun, new Device(), "x").statusCode());
    assertEquals(201, add(session, begun, new Device(), "x").statusCode());
    assertEquals(422, add(session, begun, new Device(), "x").statusCode());
  }

  @Test
  void is_added_by_who_knows_the_password() {
    var wrong = new JsonObject().put("password", "wrong horse battery");

    assertEquals(422, server.call(session, "POST", "/passkeys/challenge", wrong).statusCode());
  }

  @Test
  void what_was_not_verified_by_the_device_is_not_added() {
    for (String lie : new String[] {"origin", "host", "person"}) {
      var device = new Device();
      if (lie.equals("origin")) device.origin = "https://evil.example";
      if (lie.equals("host")) device.host = "evil.example";
      if (lie.equals("person")) device.recognisesPerson = false;
      assertEquals(422, add(session, beginAdding(session), device, lie).statusCode(), lie);
    }
    assertEquals("0", server.test.ask("select count(*) from passkey"));
  }

  @Test
  void one_credential_is_of_one_person() {
    Device phone = added(session, "Phone");
    server.moderator(BERT, Map.of());
    AuthServer.Session bert = server.signIn(BERT);

    assertEquals(409, add(bert, beginAdding(bert), phone.copy(), "mine").statusCode());
    assertEquals(200, use(phone).statusCode());
  }

  @Test
  void there_are_several_with_names() {
    added(session, "Phone");
    added(session, "Key");
    JsonArray two = listed();

    assertEquals("Phone", two.getJsonObject(0).getString("name"));
    var name = new JsonObject().put("name", "Old phone");
    String id = two.getJsonObject(0).getString("id");
    assertEquals(204, server.call(session, "PATCH", "/passkeys/" + id, name).statusCode());
    assertEquals("Old phone", listed().getJsonObject(0).getString("name"));
    assertEquals(2, beginAdding(session).asked.getJsonArray("excludeCredentials").size());
  }

  @Test
  void one_removed_ends_what_began_with_it_and_says_so() {
    Device phone = added(session, "Phone");
    HttpResponse<String> opened = use(phone);
    String cookie = cookie(opened, AuthServer.COOKIE + "=");
    String id = listed().getJsonObject(0).getString("id");

    assertEquals(422, remove(id, "wrong horse battery").statusCode());
    assertEquals(200, server.send("GET", "/session", null, "Cookie", cookie).statusCode());
    HttpResponse<String> removed = remove(id, PASSWORD);
    assertEquals(1, json(removed).getInteger("endedSessions"));
    assertEquals(401, server.send("GET", "/session", null, "Cookie", cookie).statusCode());
    assertEquals(200, server.call(session, "GET", "/session", null).statusCode());
    phone.counter++;
    assertEquals(401, use(phone).statusCode());
    server.signIn(ANNA);
  }

  @Test
  void the_session_that_removes_its_own_passkey_goes_on() {
    Device phone = added(session, "Phone");
    HttpResponse<String> opened = use(phone);
    var own =
        new AuthServer.Session(
            cookie(opened, AuthServer.COOKIE + "="), json(opened).getString("csrf"));
    String id = listed().getJsonObject(0).getString("id");

    var answer =
        server.call(own, "DELETE", "/passkeys/" + id, new JsonObject().put("password", PASSWORD));

    assertEquals(0, json(answer).getInteger("endedSessions"));
    assertEquals(200, server.call(own, "GET", "/session", null).statusCode());
  }

  @Test
  void somebody_else_neither_renames_nor_removes_it() {
    added(session, "Phone");
    String id = listed().getJsonObject(0).getString("id");
    server.moderator(BERT, Map.of());
    AuthServer.Session bert = server.signIn(BERT);

    assertEquals(
        404,
        server
            .call(bert, "PATCH", "/passkeys/" + id, new JsonObject().put("name", "x"))
            .statusCode());
    assertEquals(
        404,
        server
            .call(bert, "DELETE", "/passkeys/" + id, new JsonObject().put("password", PASSWORD))
            .statusCode());
    assertEquals("Phone", listed().getJsonObject(0).getString("name"));
  }

  @Test
  void who_is_disabled_does_not_come_in_by_it() {
    Device phone = added(session, "Phone");
    done(server.auth.moderators().disable("command", ANNA));

    assertEquals(401, use(phone).statusCode());
  }

  @Test
  void an_operator_takes_it_away_for_who_lost_everything() {
    Device phone = added(session, "Phone");
    done(server.auth.moderators().removeSecondFactor("command", ANNA));

    assertEquals(401, use(phone).statusCode());
  }

  @Test
  void an_address_has_none_and_says_why() {
    try (var byAddress = new AuthServer(server.test, "http://127.0.0.1:8080")) {
      var answer = byAddress.post("/session/passkey/challenge", "{}");
      assertEquals(403, answer.statusCode());
      assertTrue(answer.body().contains("PUBLIC_BASE_URL"));
    }
  }

  @Test
  void another_site_begins_nothing() {
    var answer = server.post("/session/passkey/challenge", "{}", "Origin", "https://evil.example");
    assertEquals(403, answer.statusCode());
    assertFalse(answer.headers().firstValue("Set-Cookie").isPresent());
  }

  private Device added(AuthServer.Session by, String name) {
    var device = new Device();
    HttpResponse<String> answer = add(by, beginAdding(by), device, name);
    assertEquals(201, answer.statusCode(), answer.body());
    device.counter++;
    return device;
  }

  private Begun beginAdding(AuthServer.Session by) {
    return begun(
        server.call(by, "POST", "/passkeys/challenge", new JsonObject().put("password", PASSWORD)));
  }

  private HttpResponse<String> add(AuthServer.Session by, Begun begun, Device device, String name) {
    JsonObject body = new JsonObject().put("name", name).put("response", device.make(begun.asked));
    return server.send(
        "POST",
        "/passkeys",
        body.encode(),
        "Cookie",
        by.cookie() + "; " + begun.cookie,
        "X-CSRF-Token",
        by.csrf());
  }

  private HttpResponse<String> use(Device device) {
    Begun begun = begin();
    return server.post(
        "/session/passkey", device.use(begun.asked).encode(), "Cookie", begun.cookie);
  }

  private Begun begin() {
    return begun(server.post("/session/passkey/challenge", "{}"));
  }

  private static Begun begun(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return new Begun(json(answer), cookie(answer, AuthServer.COOKIE + "-challenge="));
  }

  private static String cookie(HttpResponse<String> answer, String start) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(start))
        .map(cookie -> cookie.split(";")[0])
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> remove(String id, String password) {
    return server.call(
        session, "DELETE", "/passkeys/" + id, new JsonObject().put("password", password));
  }

  private JsonArray listed() {
    return json(server.call(session, "GET", "/passkeys", null)).getJsonArray("passkeys");
  }

  private void secondFactor() {
    JsonObject setup = json(server.call(session, "POST", "/totp", new JsonObject()));
    String code = Totp.code(Base32.decoded(setup.getString("secret")), server.clock.instant());
    assertEquals(
        200, server.call(session, "PUT", "/totp", new JsonObject().put("code", code)).statusCode());
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return new JsonObject(answer.body());
  }
}
