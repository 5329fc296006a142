package afterword.auth;

import static afterword.auth.AuthServer.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.config.Setting;
import afterword.db.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sign-in by a real OpenID Provider, which the test starts. */
class RealProviderIT {
  private static final String CALLBACK = AuthServer.ORIGIN + "/api/v1/admin/oidc/callback";

  private NodeProvider provider;
  private AuthServer server;

  @BeforeEach
  void start() {
    provider = NodeProvider.start(CALLBACK);
    TestDatabase database = TestDatabase.fresh();
    server =
        new AuthServer(
            database,
            database
                .config(
                    "--public-base-url=" + AuthServer.ORIGIN,
                    "--oidc-issuer=" + provider.issuer(),
                    "--oidc-client-id=afterword",
                    "--oidc-scopes=openid email profile groups offline_access",
                    "--oidc-roles=staff=blog:moderator,chiefs=blog:owner",
                    "--outbound-hosts=localhost:" + provider.port())
                .with(Setting.AFTERWORD_OIDC_CLIENT_SECRET, "a secret of both"));
    server.site("blog");
    // The provider lives in the present.
    server.clock.advance(Duration.between(server.clock.instant(), java.time.Instant.now()));
    groups("staff");
  }

  @AfterEach
  void stop() {
    if (server != null) server.close();
    if (provider != null) provider.close();
  }

  @Test
  void lets_in_with_the_roles_of_the_groups() {
    assertEquals("moderator", role(signIn().orElseThrow()));
  }

  @Test
  void a_group_changed_acts_at_the_next_sign_in() {
    String first = signIn().orElseThrow();
    groups("staff", "chiefs");
    String second = signIn().orElseThrow();

    assertEquals("owner", role(second));
    assertEquals(401, show(first).statusCode());
    groups();
    assertTrue(signIn().isEmpty());
    assertEquals(401, show(second).statusCode());
    assertEquals("0", server.test.ask("select count(*) from site_role"));
  }

  @Test
  void a_group_taken_away_ends_the_session_without_a_sign_in() {
    String session = signIn().orElseThrow();
    groups("others");
    done(server.auth.askProviderAgain());
    assertEquals(200, show(session).statusCode(), "not asked before its time");

    server.clock.advance(ProviderSignIn.ASKED_AGAIN);
    done(server.auth.askProviderAgain());

    assertEquals(401, show(session).statusCode());
    assertEquals("0", server.test.ask("select count(*) from site_role"));
  }

  @Test
  void a_session_goes_on_while_nothing_changes() {
    String session = signIn().orElseThrow();
    for (int i = 0; i < 3; i++) {
      server.clock.advance(ProviderSignIn.ASKED_AGAIN);
      done(server.auth.askProviderAgain());
    }

    assertEquals(200, show(session).statusCode());
  }

  @Test
  void who_is_removed_there_is_out_here() {
    String session = signIn().orElseThrow();
    provider.control(new JsonObject().putNull("person"));

    server.clock.advance(ProviderSignIn.ASKED_AGAIN);
    done(server.auth.askProviderAgain());

    assertEquals(401, show(session).statusCode());
  }

  @Test
  void a_provider_that_is_away_ends_nothing() {
    String session = signIn().orElseThrow();
    provider.close();

    server.clock.advance(ProviderSignIn.ASKED_AGAIN);
    done(server.auth.askProviderAgain());

    assertEquals(200, show(session).statusCode());
  }

  @Test
  void new_keys_are_known_at_once() {
    signIn().orElseThrow();
    provider.control(new JsonObject().put("rotate", true));

    assertEquals("moderator", role(signIn().orElseThrow()));
  }

  private void groups(String... groups) {
    provider.control(
        new JsonObject()
            .put(
                "person",
                new JsonObject().put("groups", new JsonArray(java.util.List.of(groups)))));
  }

  /** As a browser does it: there, and back with what came; the new session's cookie, if any. */
  private Optional<String> signIn() {
    HttpResponse<String> start = server.send("GET", "/oidc/start", null);
    assertEquals(303, start.statusCode(), start.body());
    String cookie = start.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    URI address = URI.create(start.headers().firstValue("Location").orElseThrow());
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    while (!address.toString().startsWith(CALLBACK)) address = led(browser, address);
    HttpResponse<String> back =
        server.send("GET", "/oidc/callback?" + address.getRawQuery(), null, "Cookie", cookie);
    assertEquals(303, back.statusCode(), back.body());
    return back.headers().allValues("Set-Cookie").stream()
        .filter(set -> set.startsWith(AuthServer.COOKIE + "="))
        .map(set -> set.split(";")[0])
        .findFirst();
  }

  private static URI led(HttpClient browser, URI address) {
    try {
      var answer = browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
      return answer
          .headers()
          .firstValue("Location")
          .map(address::resolve)
          .orElseThrow(() -> new AssertionError(address + ": " + answer.body()));
    } catch (java.io.IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private HttpResponse<String> show(String session) {
    return server.send("GET", "/session", null, "Cookie", session);
  }

  private String role(String session) {
    return new JsonObject(show(session).body())
        .getJsonObject("moderator")
        .getJsonArray("roles")
        .getJsonObject(0)
        .getString("role");
  }
}
