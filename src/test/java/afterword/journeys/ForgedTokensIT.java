package afterword.journeys;

import static afterword.journeys.RunningService.ORIGIN;
import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.Service;
import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.db.TestDatabase;
import afterword.model.Checks;
import afterword.model.ProofOfWork;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever opens something, altered, used for something else, or no longer good, opens nothing on
 * either of two processes; and each opens what it should before, so that a refusal means something.
 */
class ForgedTokensIT {
  private static final SiteSettings HOLDING =
      SiteSettings.DEFAULTS.with(Checks.DEFAULTS.with(ProofOfWork.OFF));
  private static final String BASE = "http://localhost:8080";
  private static final String COOKIE = "afterword-8080=";
  private static final String ADMIN = "/api/v1/admin/";
  private static final String PASSWORD = "a long enough password";

  private final TestDatabase database = TestDatabase.fresh();
  private final List<Vertx> machines = new ArrayList<>();
  private final List<Service> pods = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger addresses = new AtomicInteger();
  private final AtomicInteger people = new AtomicInteger();

  @BeforeEach
  void start() {
    for (int i = 0; i < 2; i++) {
      machines.add(Vertx.vertx());
      var config = database.config("--public-base-url=" + BASE);
      pods.add(RunningService.start(machines.get(i), config, Clock.systemUTC()));
    }
    RunningService.addBlog(pods.get(0), HOLDING);
    await(pods.get(0).sites().add("other", "Other", List.of(ORIGIN), HOLDING));
  }

  @AfterEach
  void stop() {
    pods.forEach(pod -> await(pod.stop()));
    machines.forEach(machine -> await(machine.close()));
  }

  /** How something that opens is shown: gives the status of the answer. */
  private interface Show {
    int to(Service pod, String token) throws Exception;
  }

  private enum Kind {
    SESSION,
    CSRF,
    ACCESS,
    OWNER,
    INVITATION,
    CURSOR
  }

  private final Map<Kind, Show> doors = new LinkedHashMap<>();
  private final Map<Kind, String> good = new LinkedHashMap<>();

  /** What is shown where; opened says whether that is right. */
  private record Attempt(String name, Kind door, String token) {}

  @Test
  void nothing_forged_or_stale_opens_anything_on_either_process() throws Exception {
    Person person = person();
    Posted posted = posted("blog", "held https://held.example");
    doors(person, posted);
    good.put(Kind.SESSION, person.session);
    good.put(Kind.CSRF, person.csrf);
    good.put(Kind.ACCESS, accessToken(person.email));
    good.put(Kind.OWNER, posted.token);
    good.put(Kind.INVITATION, invitation(person, "viewer"));
    good.put(Kind.CURSOR, cursor());
    var refused = new ArrayList<Attempt>();
    good.forEach((kind, token) -> refused.addAll(altered(kind, token)));
    for (Kind door : Kind.values())
      for (Kind other : Kind.values())
        if (door != other)
          refused.add(new Attempt("a " + other + " as " + door, door, good.get(other)));
    refused.add(new Attempt("another's CSRF token", Kind.CSRF, person().csrf));
    refused.add(
        new Attempt("another comment's", Kind.OWNER, posted("blog", "x https://x.example").token));
    refused.add(
        new Attempt("another site's", Kind.OWNER, posted("other", "x https://x.example").token));
    refused.addAll(stale());

    good.forEach((kind, token) -> assertOpens(true, new Attempt("good", kind, token)));
    var wronglyOpened = new TreeSet<String>();
    for (Attempt attempt : refused)
      for (Service pod : pods) {
        int status = status(pod, attempt);
        if (status < 400 || status >= 500)
          wronglyOpened.add(attempt.door + ": " + attempt.name + " " + status);
      }
    assertEquals(new TreeSet<>(), wronglyOpened);
    assertTrue(refused.size() >= 40, refused.size() + " attempts");
    good.forEach((kind, token) -> assertOpens(true, new Attempt("still good", kind, token)));
  }

  @Test
  void the_owner_token_of_who_is_banned_changes_nothing() throws Exception {
    JsonObject comment =
        RunningService.comment("held https://held.example").put("commenterKey", "0a".repeat(16));
    Posted posted = posted("blog", comment);
    for (Service pod : pods) assertEquals(200, edit(pod, posted));

    database.run(
        "insert into ban (site_id, kind, commenter_id, created_at)"
            + " select site_id, 'commenter', id, now() from commenter");

    for (Service pod : pods) assertEquals(403, edit(pod, posted));
  }

  private int edit(Service pod, Posted posted) throws Exception {
    return call(
            pod,
            "PATCH",
            "/api/v1/sites/blog/comments/" + posted.id,
            new JsonObject().put("body", "changed " + addresses.get() + " https://held.example"),
            "Origin",
            ORIGIN,
            "Authorization",
            "Bearer " + posted.token,
            "If-Match",
            "*")
        .statusCode();
  }

  private static List<Attempt> altered(Kind kind, String token) {
    char last = token.charAt(token.length() - 2) == 'A' ? 'B' : 'A';
    String turned =
        token.substring(0, token.length() - 2) + last + token.charAt(token.length() - 1);
    String other = UUID.randomUUID().toString().replace("-", "");
    return List.of(
        new Attempt("empty", kind, ""),
        new Attempt("cut", kind, token.substring(0, token.length() - 1)),
        new Attempt("cut at the front", kind, token.substring(1)),
        new Attempt("longer", kind, token + "A"),
        new Attempt("doubled", kind, token + token),
        new Attempt("a letter turned", kind, turned),
        new Attempt("made up", kind, other + other.substring(0, 11)),
        new Attempt("alg none", kind, jwt("{\"alg\":\"none\"}", "{\"sub\":\"m1\"}") + "."),
        new Attempt(
            "a token for another audience",
            kind,
            jwt("{\"alg\":\"HS256\"}", "{\"aud\":\"elsewhere\",\"sub\":\"m1\"}") + ".c2ln"));
  }

  private static String jwt(String header, String claims) {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(header.getBytes())
        + "."
        + encoder.encodeToString(claims.getBytes());
  }

  /** Each was good once. */
  private List<Attempt> stale() throws Exception {
    var stale = new ArrayList<Attempt>();
    Person out = person();
    end(
        out,
        "signed out",
        stale,
        () -> call(pods.get(0), "DELETE", ADMIN + "session", null, out.headers()));
    Person removed = person();
    end(
        removed,
        "role removed",
        stale,
        () -> await(pods.get(1).moderators().removeRole("test", removed.email, "blog")));
    Person promoted = person();
    end(
        promoted,
        "role changed",
        stale,
        () -> await(pods.get(1).moderators().setRole("test", promoted.email, "blog", Role.VIEWER)));
    Person disabled = person();
    String theirs = accessToken(disabled.email);
    end(
        disabled,
        "account disabled",
        stale,
        () -> await(pods.get(0).moderators().disable("test", disabled.email)));
    stale.add(new Attempt("of a disabled account", Kind.ACCESS, theirs));
    Person reset = person();
    end(
        reset,
        "password reset",
        stale,
        () -> await(pods.get(0).moderators().setPassword("test", reset.email, Optional.empty())));
    Person old = person();
    end(
        old,
        "expired",
        stale,
        () ->
            database.run("update session set expires_at = now() where moderator_id = " + id(old)));
    Person idle = person();
    end(
        idle,
        "not used",
        stale,
        () ->
            database.run(
                "update session set last_seen_at = now() - interval '13 h' where moderator_id = "
                    + id(idle)));
    String over = accessToken(person().email);
    database.run(
        "update access_token set expires_at = now() where id = (select max(id) from access_token)");
    stale.add(new Attempt("expired", Kind.ACCESS, over));
    String revoked = accessToken(person().email);
    database.run(
        "update access_token set revoked_at = now() where id = (select max(id) from access_token)");
    stale.add(new Attempt("revoked", Kind.ACCESS, revoked));
    for (String how : new String[] {"accepted_at", "withdrawn_at", "expires_at"}) {
      String invitation = invitation(person(), "viewer");
      database.run(
          "update invitation set " + how + " = now() where id = (select max(id) from invitation)");
      stale.add(new Attempt(how, Kind.INVITATION, invitation));
    }
    return stale;
  }

  private interface Ending {
    void end() throws Exception;
  }

  private void end(Person person, String how, List<Attempt> stale, Ending ending) throws Exception {
    var session = new Attempt(how, Kind.SESSION, person.session);
    assertOpens(true, session);
    ending.end();
    stale.add(session);
  }

  private String id(Person person) {
    return "(select id from moderator where email = '" + person.email + "')";
  }

  private void doors(Person person, Posted posted) {
    doors.put(
        Kind.SESSION,
        (pod, token) ->
            call(pod, "GET", ADMIN + "session", null, "Cookie", COOKIE + token).statusCode());
    doors.put(
        Kind.CSRF,
        (pod, token) ->
            call(
                    pod,
                    "POST",
                    ADMIN + "filters",
                    new JsonObject()
                        .put("name", "f" + addresses.get())
                        .put("query", "q=has:link&site=blog"),
                    "Cookie",
                    COOKIE + person.session,
                    "X-CSRF-Token",
                    token)
                .statusCode());
    doors.put(
        Kind.ACCESS,
        (pod, token) ->
            call(pod, "GET", ADMIN + "session", null, "Authorization", "Bearer " + token)
                .statusCode());
    doors.put(
        Kind.OWNER,
        (pod, token) ->
            call(
                    pod,
                    "GET",
                    "/api/v1/sites/blog/comments/" + posted.id,
                    null,
                    "Authorization",
                    "Bearer " + token)
                .statusCode());
    doors.put(
        Kind.INVITATION,
        (pod, token) ->
            call(pod, "POST", ADMIN + "invitations/preview", new JsonObject().put("token", token))
                .statusCode());
    doors.put(
        Kind.CURSOR,
        (pod, token) -> call(pod, "GET", thread("a.html") + "&after=" + token, null).statusCode());
  }

  private void assertOpens(boolean opens, Attempt attempt) {
    for (Service pod : pods) {
      int status = status(pod, attempt);
      assertEquals(opens, status >= 200 && status < 300, attempt + " " + status);
    }
  }

  private int status(Service pod, Attempt attempt) {
    try {
      return doors.get(attempt.door).to(pod, attempt.token);
    } catch (Exception failed) {
      throw new AssertionError(attempt.toString(), failed);
    }
  }

  /** Somebody signed in, as the browser holds it. */
  private record Person(String email, String session, String csrf) {
    String[] headers() {
      return new String[] {"Cookie", COOKIE + session, "X-CSRF-Token", csrf};
    }
  }

  private Person person() throws Exception {
    String email = "p" + people.incrementAndGet() + "@blog.example";
    await(
        pods.get(0)
            .moderators()
            .add("test", email, "P", Optional.of(PASSWORD), Map.of("blog", Role.OWNER), false));
    var body = new JsonObject().put("email", email).put("password", PASSWORD);
    HttpResponse<String> answer = call(pods.get(1), "POST", ADMIN + "session", body);
    assertEquals(200, answer.statusCode(), answer.body());
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    return new Person(
        email, cookie.substring(COOKIE.length()), new JsonObject(answer.body()).getString("csrf"));
  }

  private String accessToken(String email) {
    return await(
        pods.get(0)
            .moderators()
            .issueToken(email, "t", EnumSet.allOf(Scope.class), Optional.of(Duration.ofDays(1))));
  }

  private String invitation(Person owner, String role) throws Exception {
    var body = new JsonObject().put("site", "blog").put("role", role);
    HttpResponse<String> answer =
        call(pods.get(0), "POST", ADMIN + "invitations", body, owner.headers());
    return new JsonObject(answer.body()).getString("url").replaceFirst(".*=", "");
  }

  /** One's own comment, which waits, so that nobody else sees it. */
  private record Posted(String id, String token) {}

  private Posted posted(String site, String text) throws Exception {
    return posted(site, RunningService.comment(text));
  }

  private Posted posted(String site, JsonObject comment) throws Exception {
    HttpResponse<String> answer =
        call(
            pods.get(0),
            "POST",
            "/api/v1/sites/" + site + "/comments",
            comment,
            "Origin",
            ORIGIN,
            "Idempotency-Key",
            UUID.randomUUID().toString());
    assertEquals(202, answer.statusCode(), answer.body());
    var body = new JsonObject(answer.body());
    return new Posted(body.getJsonObject("comment").getString("id"), body.getString("ownerToken"));
  }

  /** Of a page with two comments that everybody sees. */
  private String cursor() throws Exception {
    for (String text : new String[] {"one https://one.example", "two https://two.example"})
      posted("blog", text);
    database.run(
        "update comment set status = 'published', shown = true where text like 'one%' or text like 'two%'");
    String next = null;
    for (Service pod : pods) {
      HttpResponse<String> answer = call(pod, "GET", thread("a.html"), null);
      next = new JsonObject(answer.body()).getString("next");
    }
    return next;
  }

  private static String thread(String page) {
    return "/api/v1/sites/blog/thread?page=" + page + "&limit=1";
  }

  /** Each call from elsewhere, so that what is refused is refused for what it shows. */
  private HttpResponse<String> call(
      Service pod, String method, String path, JsonObject body, String... headers)
      throws IOException, InterruptedException {
    int n = addresses.incrementAndGet();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pod.httpPort() + path))
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()))
            .header("X-Forwarded-For", "2001:db8:" + Integer.toHexString(n) + "::1");
    if (body != null) request.header("Content-Type", "application/json");
    if (headers.length > 0) request.headers(headers);
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
