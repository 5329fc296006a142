package afterword.auth;

import static afterword.auth.AuthServer.PASSWORD;
import static afterword.auth.AuthServer.credentials;
import static afterword.auth.AuthServer.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionApiIT {
  private final AuthServer server = new AuthServer();

  @BeforeEach
  void people() {
    server.test.run("insert into site (key, name, origins) values ('blog', 'The blog', '{}')");
    server.moderator("anna@example.org", Map.of("blog", Role.MODERATOR));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void says_who_signed_in_and_what_they_may_do() {
    var answer = server.post("/session", credentials("Anna@Example.org", PASSWORD));

    assertEquals(200, answer.statusCode(), answer.body());
    var moderator = new JsonObject(answer.body()).getJsonObject("moderator");
    assertEquals("anna@example.org", moderator.getString("email"));
    assertEquals("Anna", moderator.getString("name"));
    assertFalse(moderator.getBoolean("operator"));
    assertEquals(
        new JsonArray(
            List.of(
                new JsonObject(Map.of("site", "blog", "name", "The blog", "role", "moderator")))),
        moderator.getJsonArray("roles"));
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
  }

  @Test
  void gives_a_cookie_that_no_script_and_no_other_port_sees() {
    var answer = server.post("/session", credentials("anna@example.org", PASSWORD));

    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(
        cookie.matches(
            "afterword-8080=[A-Za-z0-9_-]{43}; Max-Age=1209600; Expires=[^;]+; Path=/; HTTPOnly; SameSite=Lax"),
        cookie);
  }

  @Test
  void gives_a_host_cookie_over_https() {
    try (var https = new AuthServer(server.test, "https://comments.example.org")) {
      String cookie =
          https
              .post("/session", credentials("anna@example.org", PASSWORD))
              .headers()
              .firstValue("Set-Cookie")
              .orElseThrow();

      assertTrue(
          cookie.matches(
              "__Host-afterword=[A-Za-z0-9_-]{43}; .*Path=/; Secure; HTTPOnly; SameSite=Lax"),
          cookie);
    }
  }

  @Test
  void refuses_over_plain_http_to_other_machines_and_says_why() {
    try (var plain = new AuthServer(server.test, "http://comments.example.org")) {
      var answer = plain.post("/session", credentials("anna@example.org", PASSWORD));

      assertEquals(403, answer.statusCode());
      assertTrue(answer.body().contains("over https"), answer.body());
      assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
    }
  }

  @Test
  void remembers_who_is_signed_in_with_the_same_csrf_token() {
    var session = server.signIn("anna@example.org");

    var answer = server.send("GET", "/session", null, "Cookie", session.cookie());

    assertEquals(200, answer.statusCode());
    assertEquals(session.csrf(), new JsonObject(answer.body()).getString("csrf"));
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
  }

  @Test
  void answers_the_same_for_unknown_accounts_wrong_passwords_and_disabled_accounts() {
    server.moderator("gone@example.org", Map.of());
    done(server.auth.moderators().disable("command", "gone@example.org"));

    var wrong = server.post("/session", credentials("anna@example.org", "wrong horse battery"));
    var unknown = server.post("/session", credentials("nobody@example.org", PASSWORD));
    var disabled = server.post("/session", credentials("gone@example.org", PASSWORD));

    assertEquals(401, wrong.statusCode());
    assertEquals(told(wrong), told(unknown));
    assertEquals(told(wrong), told(disabled));
    assertEquals("0", server.test.ask("select count(*) from session"));
  }

  @Test
  void ends_the_session_at_once_on_sign_out() {
    var session = server.signIn("anna@example.org");

    var out =
        server.send(
            "DELETE", "/session", null, "Cookie", session.cookie(), "X-CSRF-Token", session.csrf());

    assertEquals(204, out.statusCode());
    assertTrue(
        out.headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .startsWith("afterword-8080=; Max-Age=0;"));
    assertEquals(
        401, server.send("GET", "/session", null, "Cookie", session.cookie()).statusCode());
    assertEquals(
        401,
        server
            .post("/people", "{}", "Cookie", session.cookie(), "X-CSRF-Token", session.csrf())
            .statusCode());
  }

  @Test
  void ends_the_session_of_the_browser_that_signs_in_anew() {
    var first = server.signIn("anna@example.org");

    server.post("/session", credentials("anna@example.org", PASSWORD), "Cookie", first.cookie());

    assertEquals(401, server.send("GET", "/session", null, "Cookie", first.cookie()).statusCode());
    assertEquals("1", server.test.ask("select count(*) from session"));
  }

  @Test
  void ends_a_session_that_was_not_used_for_half_a_day() {
    var session = server.signIn("anna@example.org");

    server.clock.advance(Duration.ofHours(11));
    assertEquals(
        200, server.send("GET", "/session", null, "Cookie", session.cookie()).statusCode());
    awaitTouched();
    server.clock.advance(Duration.ofHours(11));
    assertEquals(
        200, server.send("GET", "/session", null, "Cookie", session.cookie()).statusCode());
    awaitTouched();
    server.clock.advance(Duration.ofHours(12));
    assertEquals(
        401, server.send("GET", "/session", null, "Cookie", session.cookie()).statusCode());
  }

  @Test
  void ends_a_session_after_a_fortnight_however_busy() {
    var session = server.signIn("anna@example.org");

    for (int hours = 11; hours < 14 * 24; hours += 11) {
      server.clock.advance(Duration.ofHours(11));
      assertEquals(
          200, server.send("GET", "/session", null, "Cookie", session.cookie()).statusCode());
      awaitTouched();
    }
    server.clock.advance(Duration.ofHours(11));

    assertEquals(
        401, server.send("GET", "/session", null, "Cookie", session.cookie()).statusCode());
  }

  @Test
  void stores_neither_the_token_nor_the_password() {
    var session = server.signIn("anna@example.org");

    String token = session.cookie().split("=")[1];
    String stored =
        server.test.ask(
            "select encode(token_hash, 'escape') || encode(token_hash, 'base64') from session");
    assertFalse(stored.contains(token));
    assertTrue(
        server
            .test
            .ask("select password_hash from moderator")
            .startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  }

  @Test
  void notes_sign_in_and_out_without_address_or_e_mail() {
    server.post("/session", credentials("anna@example.org", "wrong horse battery"));
    server.post("/session", credentials("nobody@example.org", "wrong horse battery"));
    var session = server.signIn("anna@example.org");
    server.send(
        "DELETE", "/session", null, "Cookie", session.cookie(), "X-CSRF-Token", session.csrf());

    assertEquals(
        "command moderator-added moderator:1|command role-set moderator:1|anyone sign-in-failed moderator:1"
            + "|anyone sign-in-failed moderator:unknown|moderator:1 sign-in moderator:1|moderator:1 sign-out moderator:1",
        server.test.ask(
            "select string_agg(actor || ' ' || action || ' ' || object, '|' order by id) from audit"));
    assertEquals(
        "0", server.test.ask("select count(*) from audit where audit::text ~ '@|127\\.0'"));
  }

  @Test
  void lets_wrong_passwords_be_tried_ten_times() {
    HttpResponse<String> last = null;
    for (int i = 0; i < 11; i++) {
      last =
          server.post(
              "/session",
              credentials("anna@example.org", "wrong horse " + i),
              "X-Forwarded-For",
              "192.0.2." + i);
    }

    assertEquals(429, last.statusCode());
    assertEquals("30", last.headers().firstValue("Retry-After").orElseThrow());
    assertEquals(
        429,
        server.post("/session", credentials("anna@example.org", PASSWORD)).statusCode(),
        "even the right one");
  }

  /** From a thousand addresses, so that it is the account that is counted. */
  @Test
  void a_thousand_wrong_passwords_open_nothing_and_do_not_tell_who_has_an_account() {
    var known = new ArrayList<String>();
    var unknown = new ArrayList<String>();
    for (int i = 0; i < 1_000; i++) {
      String address = "10.1." + i / 250 + "." + i % 250;
      known.add(attempt("anna@example.org", "wrong horse " + i, address));
      unknown.add(attempt("nobody@example.org", "wrong horse " + i, address));
    }

    assertEquals(known, unknown);
    assertEquals(10, known.stream().filter(answer -> answer.startsWith("401")).count());
    assertEquals(990, known.stream().filter(answer -> answer.startsWith("429")).count());
    assertEquals("0", server.test.ask("select count(*) from session"));
    assertEquals(
        429, server.post("/session", credentials("anna@example.org", PASSWORD)).statusCode());
    server.clock.advance(Duration.ofSeconds(30));
    assertEquals(
        200, server.post("/session", credentials("anna@example.org", PASSWORD)).statusCode());
  }

  private String attempt(String email, String password, String address) {
    HttpResponse<String> answer =
        server.post("/session", credentials(email, password), "X-Forwarded-For", address);
    return answer.statusCode() + " " + answer.headers().firstValue("Retry-After") + told(answer);
  }

  @Test
  void counts_attempts_on_unknown_accounts_alike() {
    for (int i = 0; i < 10; i++) {
      String address = "192.0.2." + i;
      assertEquals(
          401,
          server
              .post("/session", credentials("nobody@example.org", "no"), "X-Forwarded-For", address)
              .statusCode());
    }

    assertEquals(
        429, server.post("/session", credentials("nobody@example.org", "no")).statusCode());
  }

  @Test
  void counts_an_ipv6_network_as_one_address() {
    for (int i = 0; i < 20; i++) {
      server.post(
          "/session",
          credentials(i + "@example.org", "no"),
          "X-Forwarded-For",
          "2001:db8:1:2::" + i);
    }

    assertEquals(
        429,
        server
            .post(
                "/session",
                credentials("x@example.org", "no"),
                "X-Forwarded-For",
                "2001:db8:1:2:ffff::1")
            .statusCode());
    assertEquals(
        401,
        server
            .post(
                "/session",
                credentials("x@example.org", "no"),
                "X-Forwarded-For",
                "2001:db8:1:3::1")
            .statusCode());
  }

  @Test
  void refuses_to_sign_in_from_another_sites_page() {
    String right = credentials("anna@example.org", PASSWORD);

    assertEquals(
        403, server.post("/session", right, "Origin", "http://127.0.0.1:8080").statusCode());
    assertEquals(403, server.post("/session", right, "Origin", "null").statusCode());
    assertEquals(403, server.post("/session", right, "Sec-Fetch-Site", "cross-site").statusCode());
    assertEquals(
        403,
        server
            .post("/session", right, "Origin", AuthServer.ORIGIN, "Origin", AuthServer.ORIGIN)
            .statusCode());
    assertEquals(
        200,
        server
            .post("/session", right, "Origin", AuthServer.ORIGIN, "Sec-Fetch-Site", "same-origin")
            .statusCode());
  }

  @Test
  void refuses_a_body_that_is_not_a_sign_in() {
    assertEquals(415, server.send("POST", "/session", null).statusCode());
    assertEquals(422, server.post("/session", "{}").statusCode());
    assertEquals(
        422,
        server
            .post("/session", "{\"email\":\"a@example.org\",\"password\":\"x\",\"operator\":true}")
            .statusCode());
    assertEquals(
        400,
        server
            .post("/session", "{\"email\":\"a\",\"email\":\"b\",\"password\":\"x\"}")
            .statusCode());
    assertEquals(
        422, server.post("/session", credentials("a@example.org", "x".repeat(201))).statusCode());
  }

  @Test
  void adds_a_moderator_with_a_generated_password() {
    var added =
        done(
            server
                .auth
                .moderators()
                .add("command", "ben@example.org", "Ben", Optional.empty(), Map.of(), true));

    var answer =
        server.post(
            "/session", credentials("ben@example.org", added.generatedPassword().orElseThrow()));

    assertEquals(200, answer.statusCode());
    assertTrue(new JsonObject(answer.body()).getJsonObject("moderator").getBoolean("operator"));
  }

  private void awaitTouched() {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    String now = server.clock.instant().toString();
    while (!"t"
        .equals(server.test.ask("select bool_and(last_seen_at = '" + now + "') from session"))) {
      if (System.nanoTime() > deadline) throw new AssertionError("session not touched within 10 s");
      Thread.onSpinWait();
    }
  }

  private static JsonObject told(HttpResponse<String> answer) {
    var body = new JsonObject(answer.body());
    body.remove("instance");
    return body.put("challenge", answer.headers().firstValue("WWW-Authenticate").orElse(null));
  }
}
