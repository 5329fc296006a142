package afterword.auth;

import static afterword.auth.AuthServer.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvitationApiIT {
  private static final String BELA = "bela@example.org";

  private final AuthServer server = new AuthServer();
  private AuthServer.Session owner;

  @BeforeEach
  void people() {
    server.test.run(
        "insert into site (key, name, origins) values ('blog', 'The blog', '{}'), ('shop', 'Shop', '{}')");
    server.moderator("anna@example.org", Map.of("blog", Role.OWNER, "shop", Role.MODERATOR));
    owner = server.signIn("anna@example.org");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void gives_a_new_account_the_role_once() {
    String token = invite("blog", "viewer", null);
    assertEquals("The blog", offered(token).getString("siteName"));

    assertEquals(204, accept(token, BELA, PASSWORD).statusCode());

    assertEquals("blog viewer", rolesOf(BELA));
    assertEquals(404, accept(token, "c@example.org", PASSWORD).statusCode());
    assertEquals("2", server.test.ask("select count(*) from moderator"));
    server.signIn(BELA);
  }

  @Test
  void two_at_once_get_one_role() {
    String token = invite("blog", "moderator", null);

    long given =
        IntStream.range(0, 6)
            .parallel()
            .filter(n -> accept(token, "b" + n + "@example.org", PASSWORD).statusCode() == 204)
            .count();

    assertEquals(1, given);
    assertEquals("2", server.test.ask("select count(*) from moderator"));
  }

  @Test
  void gives_an_account_that_is_there_the_role_by_its_password_alone() {
    server.moderator(BELA, Map.of());
    String token = invite("blog", "owner", null);

    assertEquals(422, accept(token, BELA, "wrong horse battery").statusCode());
    assertEquals(null, rolesOf(BELA));
    assertEquals(204, accept(token, BELA, PASSWORD).statusCode());
    assertEquals("blog owner", rolesOf(BELA));
  }

  @Test
  void asks_for_the_second_factor_of_an_account_that_has_one() {
    server.moderator(BELA, Map.of());
    var bela = server.signIn(BELA);
    String secret =
        new JsonObject(server.call(bela, "POST", "/totp", new JsonObject()).body())
            .getString("secret");
    String code = Totp.code(Base32.decoded(secret), server.clock.instant());
    assertEquals(
        200, server.call(bela, "PUT", "/totp", new JsonObject().put("code", code)).statusCode());
    String token = invite("blog", "owner", null);

    assertEquals(401, accept(token, BELA, PASSWORD).statusCode());
    assertEquals(null, rolesOf(BELA));
  }

  @Test
  void is_only_for_the_address_it_names() {
    String token = invite("blog", "viewer", "Bela@Example.org");

    assertEquals(422, accept(token, "eve@example.org", PASSWORD).statusCode());
    assertEquals(204, accept(token, BELA, PASSWORD).statusCode());
  }

  @Test
  void is_over_after_a_week_or_when_it_was_withdrawn() {
    String late = invite("blog", "viewer", null);
    server.clock.advance(Duration.ofDays(7));
    assertEquals(404, preview(late).statusCode());

    owner = server.signIn("anna@example.org");
    String taken = invite("blog", "viewer", null);
    String id = invitations("blog").getString("id");
    assertEquals(204, server.call(owner, "DELETE", "/invitations/" + id, null).statusCode());
    assertEquals(404, accept(taken, BELA, PASSWORD).statusCode());
    assertEquals(404, server.call(owner, "DELETE", "/invitations/" + id, null).statusCode());
  }

  @Test
  void is_made_and_seen_by_owners_of_the_site_alone() {
    assertEquals(403, post("shop", "viewer", null).statusCode());
    assertEquals(404, post("none", "viewer", null).statusCode());
    assertEquals(403, server.call(owner, "GET", "/invitations?site=shop", null).statusCode());
    invite("blog", "viewer", null);
    String id = invitations("blog").getString("id");

    server.moderator("mo@example.org", Map.of("blog", Role.MODERATOR));
    var moderator = server.signIn("mo@example.org");
    assertEquals(403, server.call(moderator, "DELETE", "/invitations/" + id, null).statusCode());
  }

  @Test
  void a_token_for_another_site_or_of_another_kind_opens_nothing() {
    String token = invite("blog", "viewer", null);
    String secret = token.substring(token.indexOf('.') + 1);

    for (String forged :
        new String[] {
          "2." + secret, secret, "." + secret, "zzzzz." + secret, token + "x", "1.", "x"
        }) assertEquals(404, preview(forged).statusCode(), forged);
  }

  @Test
  void stores_no_link_that_works_and_notes_who_invited_and_who_came() {
    String token = invite("blog", "viewer", null);
    accept(token, BELA, PASSWORD);

    assertEquals(
        "invited,invitation-accepted",
        server.test.ask(
            "select string_agg(action, ',' order by id) from audit where object like 'invitation:%'"));
    String secret = token.substring(token.indexOf('.') + 1);
    assertEquals(
        "0",
        server.test.ask("select count(*) from invitation i where i::text like '%" + secret + "%'"));
  }

  private String invite(String site, String role, String email) {
    var answer = post(site, role, email);
    assertEquals(201, answer.statusCode(), answer.body());
    String url = new JsonObject(answer.body()).getString("url");
    assertTrue(url.startsWith(AuthServer.ORIGIN + "/admin#invitation="), url);
    return url.substring(url.indexOf('=') + 1);
  }

  private HttpResponse<String> post(String site, String role, String email) {
    return server.call(
        owner,
        "POST",
        "/invitations",
        new JsonObject().put("site", site).put("role", role).put("email", email));
  }

  private JsonObject invitations(String site) {
    var answer = server.call(owner, "GET", "/invitations?site=" + site, null);
    return new JsonObject(answer.body()).getJsonArray("invitations").getJsonObject(0);
  }

  private JsonObject offered(String token) {
    return new JsonObject(preview(token).body());
  }

  private HttpResponse<String> preview(String token) {
    return server.post(
        "/invitations/preview",
        new JsonObject().put("token", token).encode(),
        "X-Forwarded-For",
        "198.51.100." + token.length());
  }

  private HttpResponse<String> accept(String token, String email, String password) {
    return server.post(
        "/invitations/accept",
        new JsonObject()
            .put("token", token)
            .put("email", email)
            .put("name", "Bela")
            .put("password", password)
            .encode());
  }

  private String rolesOf(String email) {
    return server.test.ask(
        "select string_agg(s.key || ' ' || r.role, ',') from site_role r join site s on s.id = r.site_id"
            + " join moderator m on m.id = r.moderator_id where m.email = '"
            + email
            + "'");
  }
}
