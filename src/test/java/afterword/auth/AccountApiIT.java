package afterword.auth;

import static afterword.auth.AuthServer.PASSWORD;
import static afterword.auth.AuthServer.credentials;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions, password and access tokens of one's own. */
class AccountApiIT {
  private static final String ANNA = "anna@example.org";
  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

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

  @Test
  void lists_the_sessions_by_browser_and_marks_the_present_one() {
    server.post("/session", credentials(ANNA, PASSWORD), "User-Agent", FIREFOX);

    JsonArray sessions = sessions();

    assertEquals(2, sessions.size());
    assertEquals("Firefox on Linux", sessions.getJsonObject(0).getString("client"));
    assertFalse(sessions.getJsonObject(0).getBoolean("current"));
    assertTrue(sessions.getJsonObject(1).getBoolean("current"));
  }

  @Test
  void ends_another_session_at_once() {
    var other = server.signIn(ANNA);
    String id = sessions().getJsonObject(0).getString("id");

    assertEquals(204, call("DELETE", "/sessions/" + id, null).statusCode());

    assertEquals(401, server.call(other, "GET", "/session", null).statusCode());
    assertEquals(200, call("GET", "/session", null).statusCode());
    assertEquals(404, call("DELETE", "/sessions/" + id, null).statusCode());
  }

  @Test
  void knows_nothing_of_other_peoples_sessions_and_tokens() {
    server.moderator("eve@example.org", Map.of());
    var eve = server.signIn("eve@example.org");
    String annas = sessions().getJsonObject(0).getString("id");
    addToken();
    String token = tokens().getJsonObject(0).getString("id");

    for (String path :
        List.of("/sessions/" + annas, "/tokens/" + token, "/sessions/-1", "/tokens/x!"))
      assertEquals(404, server.call(eve, "DELETE", path.replace("!", ""), null).statusCode(), path);

    assertEquals(200, call("GET", "/session", null).statusCode());
    assertEquals(1, tokens().size());
  }

  @Test
  void a_new_password_ends_every_other_session() {
    var other = server.signIn(ANNA);

    var answer = password(PASSWORD, "a quite different phrase");

    assertEquals(204, answer.statusCode(), answer.body());
    assertEquals(401, server.call(other, "GET", "/session", null).statusCode());
    assertEquals(200, call("GET", "/session", null).statusCode());
    assertEquals(401, server.post("/session", credentials(ANNA, PASSWORD)).statusCode());
    assertEquals(
        200, server.post("/session", credentials(ANNA, "a quite different phrase")).statusCode());
  }

  @Test
  void keeps_the_password_where_the_present_one_is_wrong_or_the_next_too_weak() {
    assertEquals(422, password("wrong horse battery", "a quite different phrase").statusCode());
    assertEquals(422, password(PASSWORD, "short").statusCode());

    assertEquals(200, server.post("/session", credentials(ANNA, PASSWORD)).statusCode());
  }

  @Test
  void guessing_the_present_password_is_throttled() {
    int tries = 0;
    while (password("wrong " + tries, "a quite different phrase").statusCode() == 422) tries++;

    assertTrue(tries <= 10, "tries: " + tries);
  }

  @Test
  void a_token_works_within_its_scopes_until_it_is_revoked_or_over() {
    String token = addToken();

    assertEquals(200, byToken("/queue:read", token).statusCode());
    assertEquals(403, byToken("/settings", token).statusCode());
    assertEquals(403, byToken("/tokens", token).statusCode());

    JsonObject listed = tokens().getJsonObject(0);
    assertEquals("nightly", listed.getString("name"));
    assertEquals(new JsonArray().add("queue:read"), listed.getJsonArray("scopes"));
    call("DELETE", "/tokens/" + listed.getString("id"), null);
    assertEquals(401, byToken("/queue:read", token).statusCode());
    assertEquals(0, tokens().size());
  }

  @Test
  void a_token_ends_with_its_days() {
    String token = addToken();

    server.clock.advance(Duration.ofDays(8));

    assertEquals(401, byToken("/queue:read", token).statusCode());
  }

  @Test
  void names_everything_wrong_with_a_token() {
    var answer =
        call(
            "POST",
            "/tokens",
            new JsonObject()
                .put("name", " ")
                .put("scopes", new JsonArray().add("decide").add("all"))
                .put("days", 0)
                .put("moderator", 1));

    assertEquals(422, answer.statusCode());
    assertEquals(
        List.of("/name", "/scopes/1", "/days", "/moderator"),
        new JsonObject(answer.body())
            .getJsonArray("errors").stream()
                .map(error -> ((JsonObject) error).getString("pointer"))
                .toList());
  }

  private String addToken() {
    var answer =
        call(
            "POST",
            "/tokens",
            new JsonObject()
                .put("name", "nightly")
                .put("scopes", new JsonArray().add("queue:read"))
                .put("days", 7));
    assertEquals(201, answer.statusCode(), answer.body());
    return new JsonObject(answer.body()).getString("token");
  }

  private HttpResponse<String> byToken(String path, String token) {
    return server.send("GET", path, null, "Authorization", "Bearer " + token);
  }

  private HttpResponse<String> password(String present, String next) {
    return call("PUT", "/password", new JsonObject().put("present", present).put("next", next));
  }

  private JsonArray sessions() {
    return new JsonObject(call("GET", "/sessions", null).body()).getJsonArray("sessions");
  }

  private JsonArray tokens() {
    return new JsonObject(call("GET", "/tokens", null).body()).getJsonArray("tokens");
  }

  private HttpResponse<String> call(String method, String path, JsonObject body) {
    return server.call(session, method, path, body);
  }
}
