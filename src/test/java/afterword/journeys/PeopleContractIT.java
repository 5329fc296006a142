package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.Device;
import afterword.auth.LocalProvider;
import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.model.SiteSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** As {@link ContractIT}, for what moderators do about themselves and each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleContractIT {
  private static final String ADMIN = "/api/v1/admin/";

  /** Which operations are judged here rather than there. */
  private static final String HERE =
      "\\S+ " + ADMIN + "(me|sessions|session/passkey|sign-in|oidc|tokens|invitations)\\b.*";

  private static final String PASSWORD = "a long enough password";

  private final Contract contract = new Contract();
  private final JsonObject nothing = new JsonObject();
  private RunningService running;
  private int people;
  private String email;
  private String cookie;
  private String csrf;
  private String token;

  static boolean judges(String operation) {
    return operation.matches(HERE);
  }

  @BeforeAll
  void start() {
    running = new RunningService(SiteSettings.DEFAULTS);
  }

  /** Somebody new each time, since what goes wrong is counted by person. */
  @BeforeEach
  void signIn() {
    email = "own" + ++people + "@blog.example";
    var moderators = running.service().moderators();
    await(
        moderators.add(
            "test", email, "Own", Optional.of(PASSWORD), Map.of("blog", Role.OWNER), false));
    token =
        await(moderators.issueToken(email, "test", EnumSet.allOf(Scope.class), Optional.empty()));
    var signIn = new JsonObject().put("email", email).put("password", PASSWORD);
    HttpResponse<Buffer> session = await(ours(HttpMethod.POST, "session").sendJsonObject(signIn));
    cookie = session.getHeader("Set-Cookie").split(";")[0];
    csrf = session.bodyAsJsonObject().getString("csrf");
  }

  @AfterAll
  void everything_described_was_answered() {
    running.close();
    Set<String> missing = new TreeSet<>(contract.documented());
    missing.removeIf(operation -> !judges(operation));
    missing.removeAll(contract.seen());
    assertEquals("", String.join("\n", missing), "described, but never seen");
  }

  @Test
  void what_needs_a_session_refuses_nobody_and_tokens() {
    for (String operation : contract.operations()) {
      if (!judges(operation)
          || operation.matches(".*(preview|accept)|.*(session/passkey|sign-in|oidc).*")) continue;
      String[] parts = operation.split(" ");
      String path = parts[1].replace(ADMIN, "").replace("{id}", "1") + "?site=blog";
      var method = HttpMethod.valueOf(parts[0]);
      answers(401, operation, ours(method, path), nothing);
      answers(403, operation, ours(method, path).bearerTokenAuthentication(token), nothing);
    }
  }

  @Test
  void sessions() {
    call(404, "DELETE", "sessions/{id}", "sessions/zz", null);
    running
        .database()
        .run(
            "insert into session (token_hash, moderator_id, created_at, last_seen_at, expires_at)"
                + " select 'another', moderator_id, created_at, last_seen_at, expires_at"
                + " from session where moderator_id = (select id from moderator where email = '"
                + email
                + "') limit 1");
    for (Object one : call(200, "GET", "sessions", null).getJsonArray("sessions")) {
      var session = (JsonObject) one;
      if (!session.getBoolean("current"))
        call(204, "DELETE", "sessions/{id}", "sessions/" + session.getString("id"), null);
    }
  }

  @Test
  void mail_when_something_waits() {
    call(200, "GET", "me/mail", null);
    call(422, "PUT", "me/mail", new JsonObject().put("everyMinutes", 1).put("language", "tlh"));
    call(200, "PUT", "me/mail", new JsonObject().put("everyMinutes", 60).put("language", "de"));
    call(200, "PUT", "me/mail", nothing);
  }

  @Test
  void passwords_and_second_factors() {
    JsonObject same = new JsonObject().put("present", PASSWORD).put("next", PASSWORD);
    call(204, "PUT", "me/password", same);
    call(422, "PUT", "me/password", nothing);
    call(409, "PUT", "me/totp", new JsonObject().put("code", "1"));
    call(200, "GET", "me/totp", null);
    call(200, "POST", "me/totp", nothing);
    String secret = call(200, "POST", "me/totp", nothing).getString("secret");
    call(422, "PUT", "me/totp", new JsonObject().put("code", "1"));
    call(200, "PUT", "me/totp", new JsonObject().put("code", OneTimeCode.of(secret)));
    call(409, "POST", "me/totp", nothing);
    signedInWithCodeOnly();
    call(422, "DELETE", "me/totp", nothing);
    call(204, "DELETE", "me/totp", new JsonObject().put("password", PASSWORD));
    limited("PUT", "me/password", new JsonObject().put("present", "x").put("next", PASSWORD));
    limited("PUT", "me/totp", new JsonObject().put("code", "1"));
    limited("DELETE", "me/totp", new JsonObject().put("password", "x"));
  }

  @Test
  void passkeys() {
    var password = new JsonObject().put("password", PASSWORD);
    call(422, "POST", "me/passkeys/challenge", nothing);
    var device = new Device("http://localhost:" + running.service().httpPort());
    String id = null;
    for (int status : new int[] {201, 409, 422}) {
      HttpResponse<Buffer> begun =
          await(mine(HttpMethod.POST, "me/passkeys/challenge").sendJsonObject(password));
      contract.check("POST " + ADMIN + "me/passkeys/challenge", begun);
      var made =
          new JsonObject()
              .put("name", "Phone")
              .put("response", device.make(begun.bodyAsJsonObject()));
      String held =
          status == 422 ? cookie : cookie + "; " + begun.getHeader("Set-Cookie").split(";")[0];
      JsonObject answer =
          answers(
              status,
              "POST " + ADMIN + "me/passkeys",
              mine(HttpMethod.POST, "me/passkeys").putHeader("Cookie", held),
              made);
      if (status == 201) id = answer.getString("id");
    }
    device.counter++;
    call(200, "GET", "me/passkeys", null);
    byPasskey(device);
    String one = "me/passkeys/{id}";
    call(422, "PATCH", one, "me/passkeys/" + id, nothing);
    call(404, "PATCH", one, "me/passkeys/zz", new JsonObject().put("name", "x"));
    call(204, "PATCH", one, "me/passkeys/" + id, new JsonObject().put("name", "x"));
    call(422, "DELETE", one, "me/passkeys/" + id, nothing);
    call(404, "DELETE", one, "me/passkeys/zz", password);
    call(200, "DELETE", one, "me/passkeys/" + id, password);
    running
        .database()
        .run(
            "insert into passkey (moderator_id, credential_id, credential, transports, backup_eligible, counter,"
                + " name, created_at) select id, int4send(n), '', '{}', false, 0, 'x', now()"
                + " from moderator, generate_series(1, 20) n where email = '"
                + email
                + "'");
    call(409, "POST", "me/passkeys/challenge", password);
    var wrong = new JsonObject().put("password", "x");
    limited("POST", "me/passkeys/challenge", wrong);
    call(429, "DELETE", one, "me/passkeys/" + id, wrong);
  }

  @Test
  void identity_provider() {
    String start = "GET " + ADMIN + "oidc/start";
    String callback = "GET " + ADMIN + "oidc/callback";
    call(200, "GET", "sign-in", null);
    answers(404, start, ours(HttpMethod.GET, "oidc/start"), null);
    answers(404, callback, ours(HttpMethod.GET, "oidc/callback"), null);
    try (var provider = new LocalProvider();
        var with =
            new RunningService(
                SiteSettings.DEFAULTS,
                "--trusted-proxies=127.0.0.0/8,::1/128",
                "--oidc-issuer=" + provider.issuer(),
                "--oidc-client-id=afterword",
                "--oidc-roles=staff=blog:viewer",
                "--outbound-hosts=" + provider.host())) {
      contract.check("GET " + ADMIN + "sign-in", await(with.get(ADMIN + "sign-in").send()));
      var here = with.get(ADMIN + "oidc/callback").followRedirects(false);
      contract.check(callback, await(here.send()));
      contract.check(
          callback, await(here.addQueryParam("state", "a").addQueryParam("state", "b").send()));
      var there = with.get(ADMIN + "oidc/start").followRedirects(false);
      contract.check(start, await(there.send()));
      int status = 0;
      for (int i = 0; i < 60 && status != 429; i++) status = await(there.send()).statusCode();
      contract.check(start, await(there.send()));
    }
  }

  private void byPasskey(Device device) {
    String begin = "session/passkey/challenge";
    HttpResponse<Buffer> begun = await(from("198.51.100.20", begin).sendJsonObject(nothing));
    contract.check("POST " + ADMIN + begin, begun);
    JsonObject shown = device.use(begun.bodyAsJsonObject());
    String sign = "POST " + ADMIN + "session/passkey";
    answers(422, sign, from("198.51.100.20", "session/passkey"), nothing);
    answers(401, sign, from("198.51.100.20", "session/passkey"), shown);
    String held = begun.getHeader("Set-Cookie").split(";")[0];
    answers(200, sign, from("198.51.100.20", "session/passkey").putHeader("Cookie", held), shown);
    for (String path : new String[] {begin, "session/passkey"}) {
      JsonObject body = path.equals(begin) ? nothing : shown;
      answers(
          403,
          "POST " + ADMIN + path,
          from("198.51.100.20", path).putHeader("Origin", "https://evil.example"),
          body);
      int status = 0;
      for (int i = 0; i < 60 && status != 429; i++)
        status = await(from("198.51.100.21", path).sendJsonObject(body)).statusCode();
      answers(429, "POST " + ADMIN + path, from("198.51.100.21", path), body);
    }
  }

  private HttpRequest<Buffer> from(String address, String path) {
    return ours(HttpMethod.POST, path).putHeader("X-Forwarded-For", address);
  }

  /** Accepting as somebody with a second factor asks for its code. */
  private void signedInWithCodeOnly() {
    var guest =
        new JsonObject().put("token", invited()).put("email", email).put("password", PASSWORD);
    publicly(401, "invitations/accept", guest, "198.51.100.9");
  }

  @Test
  void tokens() {
    var wanted =
        new JsonObject().put("name", "script").put("scopes", new JsonArray().add("decide"));
    call(201, "POST", "tokens", wanted);
    call(422, "POST", "tokens", nothing);
    JsonArray listed = call(200, "GET", "tokens", null).getJsonArray("tokens");
    String id = listed.getJsonObject(0).getString("id");
    call(204, "DELETE", "tokens/{id}", "tokens/" + id, null);
    call(404, "DELETE", "tokens/{id}", "tokens/" + id, null);
  }

  @Test
  void invitations() {
    String token = invited();
    call(422, "POST", "invitations", nothing);
    call(404, "POST", "invitations", new JsonObject().put("site", "none").put("role", "viewer"));
    call(400, "GET", "invitations", "invitations", null);
    call(404, "GET", "invitations", "invitations?site=none", null);
    JsonArray open =
        call(200, "GET", "invitations", "invitations?site=blog", null).getJsonArray("invitations");
    publicly(200, "invitations/preview", new JsonObject().put("token", token), "198.51.100.1");
    publicly(404, "invitations/preview", new JsonObject().put("token", "x"), "198.51.100.1");
    publicly(422, "invitations/preview", nothing, "198.51.100.1");
    var guest =
        new JsonObject()
            .put("token", token)
            .put("email", "new@blog.example")
            .put("name", "New")
            .put("password", PASSWORD);
    publicly(204, "invitations/accept", guest, "198.51.100.2");
    publicly(404, "invitations/accept", guest, "198.51.100.2");
    publicly(422, "invitations/accept", nothing, "198.51.100.2");
    String id = open.getJsonObject(open.size() - 1).getString("id");
    invited();
    id =
        call(200, "GET", "invitations", "invitations?site=blog", null)
            .getJsonArray("invitations")
            .getJsonObject(0)
            .getString("id");
    call(204, "DELETE", "invitations/{id}", "invitations/" + id, null);
    call(404, "DELETE", "invitations/{id}", "invitations/" + id, null);
    for (String path : new String[] {"invitations/preview", "invitations/accept"}) {
      var foreign = ours(HttpMethod.POST, path).putHeader("Origin", "https://evil.example");
      answers(403, "POST " + ADMIN + path, foreign, nothing);
      int status = 404;
      for (int i = 0; i < 60 && status == 404; i++)
        status =
            await(
                    ours(HttpMethod.POST, path)
                        .putHeader("X-Forwarded-For", "198.51.100.3")
                        .sendJsonObject(
                            path.endsWith("accept") ? guest : new JsonObject().put("token", "x")))
                .statusCode();
      publicly(
          429,
          path,
          path.endsWith("accept") ? guest : new JsonObject().put("token", "x"),
          "198.51.100.3");
    }
  }

  private String invited() {
    var invitation = new JsonObject().put("site", "blog").put("role", "viewer");
    String url = call(201, "POST", "invitations", invitation).getString("url");
    return url.substring(url.indexOf('=') + 1);
  }

  private void limited(String method, String path, JsonObject body) {
    int status = 422;
    for (int i = 0; i < 60 && status != 429; i++)
      status = await(mine(HttpMethod.valueOf(method), path).sendJsonObject(body)).statusCode();
    call(429, method, path, body);
  }

  private void publicly(int status, String path, JsonObject body, String address) {
    answers(
        status,
        "POST " + ADMIN + path,
        ours(HttpMethod.POST, path).putHeader("X-Forwarded-For", address),
        body);
  }

  private JsonObject call(int status, String method, String path, JsonObject body) {
    return call(status, method, path, path, body);
  }

  /** As the owner who is signed in; body may be null. */
  private JsonObject call(
      int status, String method, String described, String path, JsonObject body) {
    return answers(
        status, method + " " + ADMIN + described, mine(HttpMethod.valueOf(method), path), body);
  }

  private JsonObject answers(
      int status, String operation, HttpRequest<Buffer> request, JsonObject body) {
    HttpResponse<Buffer> answer =
        contract.check(
            operation, await(body == null ? request.send() : request.sendJsonObject(body)));
    assertEquals(status, answer.statusCode(), operation + ": " + answer.bodyAsString());
    return status == 204 ? nothing : answer.bodyAsJsonObject();
  }

  private HttpRequest<Buffer> mine(HttpMethod method, String path) {
    return ours(method, path).putHeader("Cookie", cookie).putHeader("X-CSRF-Token", csrf);
  }

  private HttpRequest<Buffer> ours(HttpMethod method, String path) {
    return running
        .request(method, ADMIN + path)
        .putHeader("Origin", "http://localhost:" + running.service().httpPort());
  }
}
