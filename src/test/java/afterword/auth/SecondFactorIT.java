package afterword.auth;

import static afterword.auth.AuthServer.PASSWORD;
import static afterword.auth.AuthServer.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.keys.Keys;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecondFactorIT {
  private static final String ANNA = "anna@example.org";

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
  void is_asked_for_once_a_code_has_confirmed_it() {
    byte[] secret = begun();
    assertEquals(200, signIn(null).statusCode());

    assertEquals(200, confirm(code(secret)).statusCode());

    HttpResponse<String> without = signIn(null);
    assertEquals(401, without.statusCode());
    assertEquals("code-required", slug(without));
    server.clock.advance(Duration.ofSeconds(30));
    assertEquals(200, signIn(code(secret)).statusCode());
  }

  @Test
  void is_not_asked_for_where_the_password_is_wrong() {
    confirmed();

    var answer = server.post("/session", AuthServer.credentials(ANNA, "wrong horse battery"));

    assertEquals("unauthenticated", slug(answer));
  }

  @Test
  void takes_no_code_twice_nor_an_old_one() {
    byte[] secret = confirmed();
    String used = code(secret);
    assertEquals(200, signIn(used).statusCode());

    assertEquals(401, signIn(used).statusCode());
    server.clock.advance(Duration.ofSeconds(90));
    String old = Totp.code(secret, server.clock.instant().minusSeconds(60));
    assertEquals(401, signIn(old).statusCode());
    assertEquals(200, signIn(code(secret)).statusCode());
  }

  @Test
  void takes_a_code_from_a_clock_that_is_one_step_off() {
    byte[] secret = confirmed();

    assertEquals(
        200, signIn(Totp.code(secret, server.clock.instant().plusSeconds(30))).statusCode());
  }

  @Test
  void takes_each_recovery_code_once_however_it_is_typed() {
    List<?> codes = recoveryCodes();

    String first = (String) codes.get(0);
    assertEquals(10, codes.size());
    assertEquals(200, signIn(" " + first.toUpperCase().replace("-", " ")).statusCode());
    assertEquals(401, signIn(first).statusCode());
    assertEquals(9, totp().getInteger("recoveryCodes"));
  }

  @Test
  void a_recovery_code_has_a_hundred_bits_and_what_is_stored_does_not_show_it() {
    List<?> codes = recoveryCodes();

    for (Object code : codes)
      assertTrue(
          ((String) code).matches("([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}"), () -> code + "");
    assertEquals(
        "10", server.test.ask("select count(*) from recovery_code where length(code_hash) = 32"));
  }

  @Test
  void a_recovery_code_is_good_for_its_own_account_alone() {
    String code = (String) recoveryCodes().get(0);
    server.moderator("eve@example.org", Map.of());
    server.test.run(
        "insert into totp select m.id, t.sealed_secret, t.created_at, t.confirmed_at, 0"
            + " from totp t, moderator m where m.email = 'eve@example.org'");
    server.test.run(
        "insert into recovery_code select m.id, c.code_hash"
            + " from recovery_code c, moderator m where m.email = 'eve@example.org'");

    assertEquals(401, signIn("eve@example.org", code).statusCode());
    assertEquals(200, signIn(code).statusCode());
  }

  @Test
  void takes_a_code_that_was_hashed_under_the_secret() {
    confirmed();
    byte[] hash =
        server.keys.hash(
            Keys.Purpose.RECOVERY_CODE,
            server.test.ask("select moderator_id from totp"),
            "abcde23456");
    server.test.run(
        "update recovery_code set code_hash = '\\x"
            + HexFormat.of().formatHex(hash)
            + "' where code_hash = (select min(code_hash) from recovery_code)");

    assertEquals(200, signIn("abcde-23456").statusCode());
    assertEquals(401, signIn("abcde-23456").statusCode());
  }

  @Test
  void a_wrong_code_is_noted_and_being_asked_is_not() {
    confirmed();
    signIn(null);
    signIn("000000");

    assertEquals(
        "1", server.test.ask("select count(*) from audit where action = 'sign-in-failed'"));
  }

  @Test
  void nobody_else_can_open_what_is_stored_or_move_it_to_another_account() {
    byte[] secret = confirmed();
    server.moderator("eve@example.org", Map.of());

    server.test.run(
        "insert into totp select m.id, t.sealed_secret, t.created_at, t.confirmed_at, 0"
            + " from totp t, moderator m where m.email = 'eve@example.org'");
    server.clock.advance(Duration.ofSeconds(30));

    assertEquals(401, signIn("eve@example.org", code(secret)).statusCode());
    assertEquals(
        "0",
        server.test.ask(
            "select count(*) from totp where position('\\x"
                + HexFormat.of().formatHex(secret)
                + "'::bytea in sealed_secret) > 0"));
  }

  @Test
  void goes_with_the_password_and_not_without() {
    confirmed();

    assertEquals(422, remove("wrong horse battery").statusCode());
    assertTrue(totp().getBoolean("enabled"));
    assertEquals(204, remove(PASSWORD).statusCode());
    assertFalse(totp().getBoolean("enabled"));
    assertEquals(200, signIn(null).statusCode());
    assertEquals("0", server.test.ask("select count(*) from recovery_code"));
  }

  @Test
  void an_operator_takes_it_away_for_who_lost_everything() {
    confirmed();

    done(server.auth.moderators().removeSecondFactor("command", ANNA));

    assertEquals(200, signIn(null).statusCode());
  }

  @Test
  void one_that_is_there_is_not_replaced() {
    byte[] secret = confirmed();

    assertEquals(409, server.call(session, "POST", "/totp", new JsonObject()).statusCode());
    server.clock.advance(Duration.ofSeconds(30));
    assertEquals(409, confirm(code(secret)).statusCode());
  }

  @Test
  void a_wrong_first_code_confirms_nothing() {
    begun();

    assertEquals(422, confirm("123").statusCode());
    assertFalse(totp().getBoolean("enabled"));
  }

  private HttpResponse<String> signIn(String code) {
    return signIn(ANNA, code);
  }

  private HttpResponse<String> signIn(String email, String code) {
    return server.post(
        "/session",
        new JsonObject().put("email", email).put("password", PASSWORD).put("code", code).encode());
  }

  /** The secret as the app has it. */
  private byte[] begun() {
    var answer = server.call(session, "POST", "/totp", new JsonObject());
    assertEquals(200, answer.statusCode(), answer.body());
    var setup = new JsonObject(answer.body());
    assertTrue(setup.getString("uri").contains("secret=" + setup.getString("secret") + "&"));
    return Base32.decoded(setup.getString("secret"));
  }

  private byte[] confirmed() {
    byte[] secret = begun();
    assertEquals(200, confirm(code(secret)).statusCode());
    server.clock.advance(Duration.ofSeconds(30));
    return secret;
  }

  private List<?> recoveryCodes() {
    return new JsonObject(confirm(code(begun())).body()).getJsonArray("recoveryCodes").getList();
  }

  private HttpResponse<String> confirm(String code) {
    return server.call(session, "PUT", "/totp", new JsonObject().put("code", code));
  }

  private HttpResponse<String> remove(String password) {
    return server.call(session, "DELETE", "/totp", new JsonObject().put("password", password));
  }

  private JsonObject totp() {
    return new JsonObject(server.call(session, "GET", "/totp", null).body());
  }

  private String code(byte[] secret) {
    return Totp.code(secret, server.clock.instant());
  }

  private static String slug(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("type").replaceFirst(".*/", "");
  }
}
