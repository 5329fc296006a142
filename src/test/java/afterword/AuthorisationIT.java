package afterword;

import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.journeys.RunningService;
import afterword.model.PublicId;
import afterword.model.SiteSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every route of the moderators, asked by everybody, about what is theirs, somebody else's and
 * nobody's; and every route's security headers. The answers are in golden files: to change one, run
 * this test with {@code -Dgolden.write=true} and read the difference line by line.
 */
class AuthorisationIT {
  private static final Path TABLE = Path.of("src/test/resources/golden/authorisation.txt");
  private static final Path HEADERS = Path.of("src/test/resources/golden/headers.txt");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");
  private static final String ADMIN = "/api/v1/admin/";

  /** Bodies that are complete, so that what is refused is refused for who asks. */
  private static final Map<String, JsonObject> BODIES =
      Map.ofEntries(
          Map.entry("POST leases", json().put("n", 1)),
          Map.entry("POST bans", json().put("email", "x@spam.example")),
          Map.entry("PATCH comments/:id", json().put("locked", true)),
          Map.entry("POST comments/:id/replies", json().put("body", "Thank you")),
          Map.entry("PATCH pages/:id", json().put("open", true)),
          Map.entry("PATCH sites/:site", json()),
          Map.entry("PATCH sites/:site/settings", json()),
          Map.entry(
              "PUT sites/:site/words",
              json().put("blockedWords", new JsonArray()).put("suspectWords", new JsonArray())),
          Map.entry("POST sites/:site/webhooks", json().put("url", "https://hook.example/")),
          Map.entry("PATCH sites/:site/webhooks/:id", json()),
          Map.entry("PUT sites/:site/moderators/:id", json().put("role", "viewer")),
          Map.entry("POST sites", json().put("key", "x").put("origins", new JsonArray())),
          Map.entry("POST second-looks", json().put("version", 1).put("action", "spam")));

  private static final HttpClient JDK = HttpClient.newHttpClient();

  private static final AtomicInteger ADDRESSES = new AtomicInteger();
  private static RunningService running;
  private static final Map<String, String> ROLES = new LinkedHashMap<>();
  private static int made = 1_000;

  @BeforeAll
  static void start() {
    running = new RunningService(SiteSettings.DEFAULTS);
    await(
        running
            .service()
            .sites()
            .add("other", "Other", List.of("https://other.example"), SiteSettings.DEFAULTS));
    ROLES.put("nobody", null);
    ROLES.put("forged", "afw_0123456789abcdef0123456789abcdef");
    token("viewer", Map.of("blog", Role.VIEWER), false, EnumSet.allOf(Scope.class));
    token("moderator", Map.of("blog", Role.MODERATOR), false, EnumSet.allOf(Scope.class));
    token("owner", Map.of("blog", Role.OWNER), false, EnumSet.allOf(Scope.class));
    token("stranger", Map.of("other", Role.OWNER), false, EnumSet.allOf(Scope.class));
    token("operator", Map.of(), true, EnumSet.allOf(Scope.class));
    token("scopeless", Map.of("blog", Role.OWNER), false, EnumSet.noneOf(Scope.class));
    running
        .database()
        .run(
            "insert into page (site_id, id, key, first_seen_at) values (1, 7, 'a', now()), (2, 7, 'a', now());"
                + " insert into commenter (site_id, id, key_hash, first_seen_at)"
                + " values (1, 7, 'k', now()), (2, 7, 'k', now())");
  }

  private static void token(
      String name, Map<String, Role> roles, boolean operator, EnumSet<Scope> scopes) {
    String email = name + "@blog.example";
    var moderators = running.service().moderators();
    await(moderators.add("test", email, name, Optional.empty(), roles, operator));
    ROLES.put(name, await(moderators.issueToken(email, "test", scopes, Optional.empty())));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  /** What a cell of the table asks about. */
  private record Cell(String route, String role, String object) {
    @Override
    public String toString() {
      return route + " | " + role + " | " + object;
    }
  }

  @Test
  void every_route_answers_everybody_as_the_table_says() throws IOException {
    var answers = new TreeMap<String, Integer>();
    var leaks = new TreeSet<String>();
    for (Sitemap.Line line : routes()) {
      String route = line.method() + " " + line.path().substring(ADMIN.length());
      for (String role : ROLES.keySet()) {
        for (Map.Entry<String, String> object : objects(line).entrySet()) {
          int status = ask(line, route, role, object.getKey(), object.getValue());
          answers.put(new Cell(route, role, object.getKey()).toString(), status);
        }
        Integer foreign = answers.get(new Cell(route, role, "other site").toString());
        Integer missing = answers.get(new Cell(route, role, "missing").toString());
        if (!role.equals("stranger") && foreign != null && !foreign.equals(missing))
          leaks.add(route + " tells " + role + " what is there on other sites: " + foreign);
        if (List.of("nobody", "forged").contains(role)) mustBe401(route, role, answers);
      }
    }

    assertEquals(new TreeSet<>(), leaks);
    assertTrue(answers.size() >= 1_000, "only " + answers.size() + " cells");
    var lines = new ArrayList<String>();
    answers.forEach((cell, status) -> lines.add(cell + " | " + status));
    golden(TABLE, lines);
  }

  private static void mustBe401(String route, String role, Map<String, Integer> answers) {
    boolean open =
        route.matches("POST session(/passkey(/challenge)?)?|GET (sign-in|oidc/(start|callback))")
            || route.matches("POST invitations/(preview|accept)");
    if (open) return;
    answers.forEach(
        (cell, status) -> {
          if (cell.startsWith(route + " | " + role + " | ")) assertEquals(401, status, cell);
        });
  }

  private static List<Sitemap.Line> routes() {
    return running.service().sitemap().stream()
        .filter(line -> line.path().startsWith(ADMIN))
        .sorted(Comparator.comparing(Sitemap.Line::path).thenComparing(Sitemap.Line::method))
        .toList();
  }

  /** Names of objects with what stands in the place of the tenant or the id. */
  private static Map<String, String> objects(Sitemap.Line line) {
    var objects = new LinkedHashMap<String, String>();
    if (line.path().contains(":site")) {
      objects.put("own site", "blog");
      objects.put("other site", "other");
      objects.put("missing", "none");
      objects.put("malformed", "No!");
    } else if (line.path().contains(":id")) {
      objects.put("own site", "1");
      objects.put("other site", "2");
      objects.put("missing on own site", new PublicId(1, 999_999_999).toString());
      objects.put("missing", new PublicId(2, 999_999_999).toString());
      objects.put("malformed", "No!");
    } else {
      objects.put("tenant absent", "");
      objects.put("own site", "?site=blog");
      objects.put("other site", "?site=other");
      objects.put("missing", "?site=none");
      objects.put("tenant empty", "?site=");
      objects.put("tenant doubled", "?site=blog&site=other");
    }
    return objects;
  }

  private static int ask(
      Sitemap.Line line, String route, String role, String object, String value) {
    JsonObject body = BODIES.getOrDefault(route, json()).copy();
    String path = line.path();
    if (path.contains(":site")) {
      path = path.replace(":site", escaped(value));
      path = path.replace(":id", "m0").replace("check-url", "check-url?url=https://blog.example/a");
    } else if (path.contains(":id")) {
      boolean real = object.equals("own site") || object.equals("other site");
      path = path.replace(":id", real ? fresh(route, Integer.parseInt(value)) : escaped(value));
    } else if (line.method().equals("GET")) {
      path += value;
    } else if (!value.isEmpty()) {
      tenantInBody(route, body, value);
      if (object.equals("tenant doubled")) return send(line.method(), path, role, doubled(body));
    }
    boolean hasBody = !List.of("GET", "DELETE").contains(line.method());
    return send(line.method(), path, role, hasBody ? body.toBuffer() : null);
  }

  /** Where a route names the site in its body. */
  private static void tenantInBody(String route, JsonObject body, String value) {
    String site = value.replaceFirst(".*=", "");
    switch (route) {
      case "POST bans", "POST invitations" -> body.put("site", site);
      case "POST second-looks" -> body.put("id", decidable(site));
      case "POST leases" -> body.put("filter", json().put("site", site));
      case "POST decisions" ->
          body.put("action", "approve")
              .put(
                  "items",
                  new JsonArray().add(json().put("id", decidable(site)).put("version", 1)));
      default -> {}
    }
  }

  private static String decidable(String site) {
    return switch (site) {
      case "other" -> comment(2);
      case "none" -> new PublicId(2, 999_999_999).toString();
      default -> comment(1);
    };
  }

  private static Buffer doubled(JsonObject body) {
    return Buffer.buffer("{\"site\":\"blog\",\"site\":\"other\"," + body.encode().substring(1));
  }

  /** A new object of the kind that the route is about, on one of the sites. */
  private static String fresh(String route, int site) {
    int id = made++;
    String kind = route.replaceFirst("^\\S+ ", "").split("/")[0];
    switch (kind) {
      case "comments" -> {
        return comment(site);
      }
      case "authors", "pages" -> {
        return new PublicId(site, 7).toString();
      }
      case "bans" -> {
        run(
            "insert into ban (site_id, id, kind, email_pattern, created_at) values (%d, %d, 'email', 'x', now())",
            site, id);
        return new PublicId(site, id).toString();
      }
      case "notices" -> {
        String about = comment(site);
        run(
            "insert into notice (site_id, id, comment_id, key_hash, token_hash, category, explanation, created_at)"
                + " values (%d, %d, %d, 'k%d', 't%d', 'other', 'x', now())",
            site, id, PublicId.parse(about).orElseThrow().row(), id, id);
        return "n" + new PublicId(site, id);
      }
      case "leases" -> {
        run(
            "insert into lease (site_id, comment_id, id, moderator_id, expires_at) values (%d, %d, %d, 0, now() + interval '1 h')",
            site, id, id);
        return "l" + Integer.toString(id, 36);
      }
      case "decisions" -> {
        run(
            "insert into decision (site_id, id, moderator_id, action, created_at) values (%d, %d, 0, 'approve', now())",
            site, id);
        return "d" + Integer.toString(id, 36);
      }
      default -> {
        return "zz" + id;
      }
    }
  }

  private static String comment(int site) {
    int id = made++;
    run(
        "insert into comment (site_id, id, thread_id, root_id, depth, commenter_id, author_name, source, html, text,"
            + " status, shown, rules_version, fingerprint, owner_token_hash, created_at)"
            + " values (%d, %d, 7, %d, 0, 7, 'Ada', 't', 't', 't', 'pending', false, 1, 'f', 'o', now())",
        site, id, id);
    return new PublicId(site, id).toString();
  }

  private static void run(String sql, Object... values) {
    running.database().run(sql.formatted(values));
  }

  private static int send(String method, String path, String role, Buffer body) {
    if (path.startsWith(ADMIN + "live")) return statusAlone(path, role);
    HttpRequest<Buffer> request =
        running
            .request(HttpMethod.valueOf(method), path)
            .putHeader("Origin", running.service().config().publicBaseUrl())
            .putHeader("X-Forwarded-For", newAddress());
    if (ROLES.get(role) != null) request.bearerTokenAuthentication(ROLES.get(role));
    if (body == null) return await(request.send()).statusCode();
    return await(request.putHeader("Content-Type", "application/json").sendBuffer(body))
        .statusCode();
  }

  /** Nobody is asked to wait because another cell asked before. */
  private static String newAddress() {
    int number = ADDRESSES.incrementAndGet();
    return "10.%d.%d.%d".formatted(number >> 16, number >> 8 & 255, number & 255);
  }

  /** Of an answer that does not end. */
  private static int statusAlone(String path, String role) {
    var request =
        java.net.http.HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + running.service().httpPort() + path));
    if (ROLES.get(role) != null) request.header("Authorization", "Bearer " + ROLES.get(role));
    try {
      var answer = JDK.send(request.build(), BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode();
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private static String escaped(String value) {
    return value.replace("!", "%21");
  }

  @Test
  void every_route_has_the_security_headers_that_the_file_says() throws IOException {
    var lines = new TreeSet<String>();
    for (Sitemap.Line line : running.service().sitemap()) {
      String path =
          line.path()
              .replace(":site", "none")
              .replaceAll(":[a-z]+", "none")
              .replace("*", "none.js");
      HttpResponse<Buffer> answer =
          await(running.request(HttpMethod.valueOf(line.method()), path).send());
      for (String name :
          List.of(
              "Content-Security-Policy",
              "Cross-Origin-Opener-Policy",
              "Cross-Origin-Resource-Policy",
              "X-Content-Type-Options",
              "X-Frame-Options",
              "Referrer-Policy",
              "Permissions-Policy",
              "Access-Control-Allow-Origin",
              "Access-Control-Allow-Credentials",
              "Cache-Control")) {
        lines.add(line.method() + " " + line.path() + " | " + name + ": " + answer.getHeader(name));
      }
    }
    golden(HEADERS, List.copyOf(lines));
  }

  private static void golden(Path file, List<String> lines) throws IOException {
    String text = String.join("\n", lines) + "\n";
    if (WRITE) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertEquals(Files.readString(file), text, "see " + file);
  }

  private static JsonObject json() {
    return new JsonObject();
  }
}
