package afterword.auth;

import static afterword.auth.AuthServer.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.db.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sign-in by an identity provider that lies; RealProviderIT has one that does not. */
class ProviderIT {
  private static final String NEWEST = "x7Kp2Vw9Zs4Bn6Qf1Lj8Rc3Yd5Hm0TgUaEoPiNeW";

  private final LocalProvider provider = new LocalProvider();
  private final AuthServer server =
      new AuthServer(
          TestDatabase.fresh(),
          AuthServer.ORIGIN,
          "--oidc-issuer=" + provider.issuer(),
          "--oidc-client-id=afterword",
          "--oidc-roles=staff=blog:moderator,chiefs=blog:owner",
          "--outbound-hosts=" + provider.host());

  @BeforeEach
  void aSite() {
    server.site("blog");
    provider.now = server.clock.instant();
  }

  @AfterEach
  void close() {
    server.close();
    provider.close();
  }

  /** What the browser holds after it was sent to the provider. */
  private record Begun(String cookie, Map<String, String> asked) {
    String state() {
      return asked.get("state");
    }
  }

  @Test
  void lets_in_with_the_roles_of_the_groups() {
    HttpResponse<String> back = signIn();

    assertEquals(303, back.statusCode());
    assertEquals(AuthServer.ORIGIN + "/admin", location(back));
    JsonObject me =
        json(server.send("GET", "/session", null, "Cookie", session(back).orElseThrow()));
    JsonObject moderator = me.getJsonObject("moderator");
    assertEquals("ada@blog.example", moderator.getString("email"));
    assertEquals("moderator", moderator.getJsonArray("roles").getJsonObject(0).getString("role"));
  }

  @Test
  void asks_with_state_nonce_and_a_proof() {
    Map<String, String> asked = begin().asked;

    assertEquals("S256", asked.get("code_challenge_method"));
    assertEquals("code", asked.get("response_type"));
    assertEquals(43, asked.get("code_challenge").length());
    assertFalse(asked.get("state").equals(asked.get("nonce")));
    assertFalse(begin().asked.get("state").equals(asked.get("state")));
  }

  @Test
  void no_forged_token_lets_anybody_in() {
    var forgeries = new LinkedHashMap<String, Function<JsonObject, String>>();
    forgeries.put("alg none", claims -> unsigned("{\"alg\":\"none\"}", claims));
    forgeries.put("alg None", claims -> unsigned("{\"alg\":\"None\"}", claims));
    forgeries.put("no algorithm", claims -> unsigned("{}", claims));
    forgeries.put("signed with the public key as a secret", this::byPublicKey);
    forgeries.put(
        "unknown key", claims -> LocalProvider.signed(claims, LocalProvider.newKey("k2")));
    forgeries.put(
        "another key of the same name",
        claims -> LocalProvider.signed(claims, LocalProvider.newKey("k1")));
    forgeries.put("key in the header", this::withOwnKey);
    forgeries.put("payload altered", claims -> altered(provider.signed(claims), claims));
    forgeries.put("signature cut", claims -> provider.signed(claims).replaceFirst(".{8}$", ""));
    forgeries.put("signature gone", claims -> provider.signed(claims).replaceFirst("[^.]*$", ""));
    forgeries.put("empty", claims -> "");
    forgeries.put("two parts", claims -> "a.b");
    claim(forgeries, "wrong audience", "aud", "another");
    claim(forgeries, "audience empty", "aud", new JsonArray());
    claim(forgeries, "several audiences", "aud", new JsonArray().add("afterword").add("another"));
    claim(forgeries, "asked for by another", "azp", "another");
    claim(forgeries, "wrong issuer", "iss", "https://evil.example");
    claim(forgeries, "issuer with a slash", "iss", provider.issuer() + "/");
    forgeries.put(
        "expired",
        claims -> provider.signed(claims.put("exp", provider.now.getEpochSecond() - 61)));
    forgeries.put(
        "not yet",
        claims -> provider.signed(claims.put("nbf", provider.now.getEpochSecond() + 61)));
    claim(forgeries, "another nonce", "nonce", "x");
    for (String needed : new String[] {"aud", "iss", "exp", "iat", "sub", "nonce"})
      forgeries.put("without " + needed, claims -> provider.signed(without(claims, needed)));
    var outcomes = new LinkedHashMap<String, String>();
    forgeries.forEach((name, forge) -> outcomes.put(name, tried(forge)));
    outcomes.put("nothing wrong", tried(provider::signed));

    assertEquals("/admin", outcomes.remove("nothing wrong"));
    outcomes.forEach((name, led) -> assertEquals("/admin#not-signed-in=refused", led, name));
  }

  private void claim(
      Map<String, Function<JsonObject, String>> forgeries,
      String name,
      String claim,
      Object value) {
    forgeries.put(name, claims -> provider.signed(claims.put(claim, value)));
  }

  private static JsonObject without(JsonObject claims, String name) {
    claims.remove(name);
    return claims;
  }

  private static String unsigned(String header, JsonObject claims) {
    return text(header) + "." + text(claims.encode()) + ".";
  }

  private static String altered(String token, JsonObject claims) {
    String[] parts = token.split("\\.");
    return parts[0] + "." + text(claims.put("sub", "u-2").encode()) + "." + parts[2];
  }

  private String byPublicKey(JsonObject claims) {
    var token = new JsonWebSignature();
    token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    token.setPayload(claims.encode());
    token.setAlgorithmHeaderValue("HS256");
    token.setKeyIdHeaderValue("k1");
    token.setKey(new HmacKey(provider.key.getPublicKey().getEncoded()));
    return serialized(token);
  }

  private String withOwnKey(JsonObject claims) {
    var own = LocalProvider.newKey("k1");
    var token = new JsonWebSignature();
    token.setPayload(claims.encode());
    token.setAlgorithmHeaderValue("RS256");
    token.setJwkHeader(own);
    token.setKey(own.getPrivateKey());
    return serialized(token);
  }

  private static String serialized(JsonWebSignature token) {
    try {
      return token.getCompactSerialization();
    } catch (JoseException failed) {
      throw new AssertionError(failed);
    }
  }

  private static String text(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private String tried(Function<JsonObject, String> forge) {
    server.clock.advance(java.time.Duration.ofMinutes(1));
    provider.now = server.clock.instant();
    provider.idToken = forge;
    return location(signIn()).replace(AuthServer.ORIGIN, "");
  }

  @Test
  void what_comes_back_is_taken_once_from_the_browser_that_asked() {
    Begun begun = begin();
    Begun other = begin();
    String good = "code=c&state=" + begun.state();

    assertRefused("code=c", begun.cookie);
    assertRefused("code=c&state=", begun.cookie);
    assertRefused("code=c&state=" + other.state(), begun.cookie);
    assertRefused(good, other.cookie);
    assertRefused(good, "x=y");
    assertEquals(400, back(good + "&state=x", begun.cookie).statusCode());
    provider.nonce = begun.asked.get("nonce");
    assertTrue(session(back(good, begun.cookie)).isPresent());
    assertRefused(good, begun.cookie);
    Begun mixedUp = begin();
    assertRefused("code=c&iss=https://evil.example&state=" + mixedUp.state(), mixedUp.cookie);
    Begun denied = begin();
    assertRefused("error=access_denied&state=" + denied.state(), denied.cookie);
    Begun late = begin();
    server.clock.advance(Challenges.LIFETIME);
    assertRefused("code=c&state=" + late.state(), late.cookie);
  }

  private void assertRefused(String query, String cookie) {
    HttpResponse<String> answer = back(query, cookie);
    assertEquals(AuthServer.ORIGIN + "/admin#not-signed-in=refused", location(answer), query);
    assertTrue(session(answer).isEmpty());
  }

  @Test
  void a_configuration_of_another_issuer_is_not_followed() {
    provider.configuration = said -> said.put("issuer", "https://evil.example");

    HttpResponse<String> answer = server.send("GET", "/oidc/start", null);

    assertEquals(AuthServer.ORIGIN + "/admin#not-signed-in=refused", location(answer));
  }

  @Test
  void the_user_info_of_somebody_else_is_not_taken() {
    provider.userInfo.put("sub", "u-2");

    assertEquals(AuthServer.ORIGIN + "/admin#not-signed-in=refused", location(signIn()));
  }

  @Test
  void a_session_from_there_outlives_a_change_of_the_secret() {
    provider.refreshToken = "once given, good for long";
    String session = session(signIn()).orElseThrow();
    provider.refreshToken = null;

    server.keys.use(NEWEST + "\n" + TestDatabase.SECRET);
    assertEquals(200, show(session), "known again, and what is kept beside it with it");
    askAgain();
    server.keys.use(NEWEST);
    askAgain();

    assertEquals(200, show(session));
    provider.userInfo.put("groups", new JsonArray().add("others"));
    askAgain();
    assertEquals(401, show(session), "who left the group is out, as before");
  }

  private int show(String session) {
    return server.send("GET", "/session", null, "Cookie", session).statusCode();
  }

  /** When it is time. */
  private void askAgain() {
    server.clock.advance(ProviderSignIn.ASKED_AGAIN);
    provider.now = server.clock.instant();
    done(server.auth.askProviderAgain());
  }

  @Test
  void who_has_no_group_gets_no_account() {
    provider.userInfo.remove("groups");

    assertEquals(AuthServer.ORIGIN + "/admin#not-signed-in=role", location(signIn()));
    assertEquals("0", server.test.ask("select count(*) from moderator"));
  }

  @Test
  void an_address_that_the_provider_has_not_verified_names_nobody() {
    server.moderator("ada@blog.example", Map.of("blog", Role.OWNER));
    provider.idToken = claims -> provider.signed(claims.put("email_verified", false));

    assertEquals(AuthServer.ORIGIN + "/admin#not-signed-in=role", location(signIn()));
  }

  @Test
  void an_operator_is_not_reached_by_address() {
    server.moderator("ada@blog.example", Map.of());
    server.test.run("update moderator set operator = true");

    assertEquals(AuthServer.ORIGIN + "/admin#not-signed-in=role", location(signIn()));
  }

  @Test
  void an_account_that_was_there_keeps_its_password_and_roles_elsewhere() {
    server.site("other");
    server.moderator("ada@blog.example", Map.of("blog", Role.OWNER, "other", Role.VIEWER));

    assertTrue(session(signIn()).isPresent());

    assertEquals(
        "blog moderator, other viewer",
        server.test.ask(
            "select string_agg(key || ' ' || role, ', ' order by key) from site_role r join site s on s.id = r.site_id"));
    server.signIn("ada@blog.example");
  }

  @Test
  void who_is_disabled_here_does_not_come_in_from_there() {
    signIn();
    done(server.auth.moderators().disable("command", "ada@blog.example"));

    assertTrue(session(signIn()).isEmpty());
  }

  @Test
  void without_a_provider_there_is_none() {
    try (var plain = new AuthServer(server.test, AuthServer.ORIGIN)) {
      assertEquals(404, plain.send("GET", "/oidc/start", null).statusCode());
      assertEquals("{\"provider\":null}", plain.send("GET", "/sign-in", null).body());
    }
  }

  private HttpResponse<String> signIn() {
    Begun begun = begin();
    provider.nonce = begun.asked.get("nonce");
    return back("code=c&state=" + begun.state(), begun.cookie);
  }

  private Begun begin() {
    HttpResponse<String> answer = server.send("GET", "/oidc/start", null);
    assertEquals(303, answer.statusCode(), answer.body());
    return new Begun(
        answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0],
        query(location(answer)));
  }

  private static Map<String, String> query(String address) {
    return Arrays.stream(URI.create(address).getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private HttpResponse<String> back(String query, String cookie) {
    return server.send("GET", "/oidc/callback?" + query, null, "Cookie", cookie);
  }

  private static String location(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new AssertionError(answer.body()));
  }

  private static Optional<String> session(HttpResponse<String> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(AuthServer.COOKIE + "="))
        .map(cookie -> cookie.split(";")[0])
        .findFirst();
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return new JsonObject(answer.body());
  }
}
