package afterword.auth;

import static afterword.auth.AuthServer.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GuardIT {
  private static AuthServer server;

  @BeforeAll
  static void start() {
    server = new AuthServer();
    server.test.run("insert into site (key, name, origins) values ('blog', 'The blog', '{}')");
    server.moderator("anna@example.org", Map.of("blog", Role.MODERATOR));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void takes_a_change_only_with_the_csrf_token_of_its_own_session() {
    var mine = server.signIn("anna@example.org");
    var other = server.signIn("anna@example.org");

    assertEquals(200, change("Cookie", mine.cookie(), "X-CSRF-Token", mine.csrf()));
    assertEquals(403, change("Cookie", mine.cookie()), "absent");
    assertEquals(403, change("Cookie", mine.cookie(), "X-CSRF-Token", ""), "empty");
    assertEquals(
        403, change("Cookie", mine.cookie(), "X-CSRF-Token", mine.csrf().substring(1)), "cut");
    assertEquals(
        403, change("Cookie", mine.cookie(), "X-CSRF-Token", other.csrf()), "another session's");
    assertEquals(
        403,
        change("Cookie", mine.cookie(), "X-CSRF-Token", mine.csrf(), "X-CSRF-Token", mine.csrf()),
        "doubled");
    assertEquals(
        403,
        change("Cookie", mine.cookie(), "X-CSRF-Token", token(mine)),
        "the session's own token");
  }

  @Test
  void names_the_problem_of_a_missing_csrf_token() {
    var session = server.signIn("anna@example.org");

    var answer = server.post("/decide", "{}", "Cookie", session.cookie());

    assertTrue(answer.body().contains("/problems/csrf"), answer.body());
  }

  @Test
  void reads_without_a_csrf_token() {
    var session = server.signIn("anna@example.org");

    assertEquals(
        200, server.send("GET", "/queue:read", null, "Cookie", session.cookie()).statusCode());
  }

  @Test
  void takes_no_method_but_get_and_head_for_a_read() {
    var session = server.signIn("anna@example.org");

    for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"}) {
      assertEquals(
          403,
          server.send(method, "/decide", null, "Cookie", session.cookie()).statusCode(),
          method);
    }
  }

  @Test
  void takes_a_change_from_our_own_pages_only() {
    var session = server.signIn("anna@example.org");

    assertEquals(
        200, change(session, "Origin", AuthServer.ORIGIN, "Sec-Fetch-Site", "same-origin"));
    assertEquals(403, change(session, "Origin", "https://blog.example.org"));
    assertEquals(403, change(session, "Origin", "null"));
    assertEquals(403, change(session, "Origin", AuthServer.ORIGIN + ".example.org"));
    assertEquals(403, change(session, "Sec-Fetch-Site", "same-site"));
    assertEquals(403, change(session, "Sec-Fetch-Site", "cross-site"));
  }

  @Test
  void takes_no_doubled_cut_or_foreign_cookie() {
    var session = server.signIn("anna@example.org");
    String token = token(session);

    assertEquals(401, read("Cookie", session.cookie() + "x"));
    assertEquals(401, read("Cookie", session.cookie().substring(0, session.cookie().length() - 1)));
    assertEquals(401, read("Cookie", AuthServer.COOKIE + "="));
    assertEquals(
        401, read("Cookie", session.cookie() + "; " + AuthServer.COOKIE + "=" + "x".repeat(43)));
    assertEquals(401, read("Cookie", "__Host-afterword=" + token), "over http");
    assertEquals(401, read("Cookie", "afterword-8081=" + token), "another port's");
    assertEquals(401, read());
  }

  @Test
  void takes_an_access_token_for_its_scopes_without_a_csrf_token() {
    String token = issue(Set.of(Scope.QUEUE_READ, Scope.DECIDE));

    assertEquals(
        200,
        server.send("GET", "/queue:read", null, "Authorization", "Bearer " + token).statusCode());
    assertEquals(
        200, server.post("/decide", "{}", "Authorization", "bearer " + token).statusCode());
    assertEquals(
        403, server.post("/settings", "{}", "Authorization", "Bearer " + token).statusCode());
    assertEquals(
        403, server.send("GET", "/audit", null, "Authorization", "Bearer " + token).statusCode());
    assertEquals(
        403, server.post("/people", "{}", "Authorization", "Bearer " + token).statusCode());
  }

  @Test
  void takes_nothing_else_for_an_access_token() {
    String token = issue(EnumSet.allOf(Scope.class));
    var session = server.signIn("anna@example.org");

    for (String wrong :
        new String[] {
          "Bearer",
          "Bearer ",
          "Bearer x",
          token,
          "Basic " + token,
          "Bearer  " + token,
          "Bearer " + token + "x",
          "Bearer " + token.substring(1),
          "Bearer " + token.substring(0, token.length() - 1),
          "Bearer " + token.substring("afterword_".length()),
          "Bearer " + token(session),
          "Bearer afterword_" + token(session),
          "Bearer " + session.csrf(),
          "Bearer null",
          "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."
        }) {
      assertEquals(401, read("Authorization", wrong), wrong);
    }
    assertEquals(
        401,
        read("Authorization", "Bearer " + token, "Authorization", "Bearer " + token),
        "doubled");
    assertEquals(401, read("Cookie", AuthServer.COOKIE + "=" + token), "as a session");
  }

  @Test
  void lets_an_authorization_header_decide_alone() {
    var session = server.signIn("anna@example.org");
    String reader = issue(Set.of(Scope.QUEUE_READ));

    assertEquals(
        401,
        read("Cookie", session.cookie(), "Authorization", "Bearer afterword_" + "x".repeat(43)));
    assertEquals(
        403,
        server
            .post(
                "/decide",
                "{}",
                "Cookie",
                session.cookie(),
                "X-CSRF-Token",
                session.csrf(),
                "Authorization",
                "Bearer " + reader)
            .statusCode(),
        "the token lacks the scope, whatever the session may");
  }

  @Test
  void takes_no_access_token_that_is_over_or_revoked() {
    String brief =
        done(
            server
                .auth
                .moderators()
                .issueToken(
                    "anna@example.org",
                    "brief",
                    Set.of(Scope.QUEUE_READ),
                    Optional.of(Duration.ofHours(1))));
    String revoked = issue(Set.of(Scope.QUEUE_READ));
    assertEquals(200, read("Authorization", "Bearer " + brief));
    assertEquals(200, read("Authorization", "Bearer " + revoked));

    server.test.run(
        "update access_token set revoked_at = now() where id = (select max(id) from access_token)");
    server.clock.advance(Duration.ofHours(1));

    assertEquals(401, read("Authorization", "Bearer " + brief));
    assertEquals(401, read("Authorization", "Bearer " + revoked));
  }

  @Test
  void ends_everything_of_a_disabled_moderator_at_once() {
    server.moderator("ben@example.org", Map.of("blog", Role.VIEWER));
    var session = server.signIn("ben@example.org");
    String token =
        done(
            server
                .auth
                .moderators()
                .issueToken(
                    "ben@example.org", "script", Set.of(Scope.QUEUE_READ), Optional.empty()));
    assertEquals(200, read("Cookie", session.cookie()));
    assertEquals(200, read("Authorization", "Bearer " + token));

    server.test.run("update moderator set disabled_at = now() where email = 'ben@example.org'");

    assertEquals(401, read("Cookie", session.cookie()));
    assertEquals(401, read("Authorization", "Bearer " + token));
  }

  @Test
  void ends_the_sessions_of_whose_role_password_or_standing_changes() {
    server.moderator("cleo@example.org", Map.of("blog", Role.VIEWER));
    Moderators moderators = server.auth.moderators();
    var changes =
        Map.<String, Runnable>of(
            "role",
                () -> done(moderators.setRole("command", "cleo@example.org", "blog", Role.OWNER)),
            "removed", () -> done(moderators.removeRole("command", "cleo@example.org", "blog")),
            "password",
                () ->
                    done(
                        moderators.setPassword(
                            "command", "cleo@example.org", Optional.of(AuthServer.PASSWORD))),
            "disabled",
                () -> {
                  done(moderators.disable("command", "cleo@example.org"));
                  done(moderators.enable("command", "cleo@example.org"));
                });

    changes.forEach(
        (what, change) -> {
          var session = server.signIn("cleo@example.org");
          assertEquals(200, read("Cookie", session.cookie()), what);
          change.run();
          assertEquals(401, read("Cookie", session.cookie()), what);
        });
  }

  private static String issue(Set<Scope> scopes) {
    return done(
        server
            .auth
            .moderators()
            .issueToken("anna@example.org", "script", scopes, Optional.empty()));
  }

  private static String token(AuthServer.Session session) {
    return session.cookie().split("=")[1];
  }

  private static int read(String... headers) {
    return server.send("GET", "/queue:read", null, headers).statusCode();
  }

  private static int change(String... headers) {
    return server.post("/decide", "{}", headers).statusCode();
  }

  private static int change(AuthServer.Session session, String... headers) {
    var all =
        new java.util.ArrayList<>(
            java.util.List.of("Cookie", session.cookie(), "X-CSRF-Token", session.csrf()));
    all.addAll(java.util.List.of(headers));
    return change(all.toArray(String[]::new));
  }
}
