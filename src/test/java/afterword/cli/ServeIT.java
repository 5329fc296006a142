package afterword.cli;

import static afterword.journeys.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.FreePort;
import afterword.config.DataFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An installation of one's own, by commands: serve, add a site and a moderator, read the log. */
class ServeIT {
  private static final String ORIGIN = "https://blog.example";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Path home;
  private static Program service;
  private static int port;
  private static int managementPort;

  @BeforeAll
  static void serve() throws Exception {
    Path shared =
        Files.createDirectories(Path.of("target/test-postgres/postgres")).toAbsolutePath();
    home = Files.createTempDirectory(shared.getParent(), "home-");
    Files.createSymbolicLink(home.resolve("postgres"), shared);
    port = FreePort.next();
    managementPort = FreePort.next();
    service = start("serve", "--log-format=json", "--log-level=info");
    eventually(
        "it serves",
        Duration.ofMinutes(2),
        () -> status("http://localhost:" + managementPort + "/startupz") == 200);
  }

  @AfterAll
  static void stop() throws Exception {
    service.stop();
    DataFolder.remove(home);
  }

  @Test
  void a_site_and_its_moderator_come_by_command_and_the_log_names_nobody() throws Exception {
    Program site = start("site", "add", "blog", "--origin=" + ORIGIN);
    assertEquals(0, site.exitCode(), site.said());
    String tag =
        "<script async src=\"http://localhost:%d/embed/v1.js\" data-site=\"blog\"></script>";
    assertTrue(site.said().contains(tag.formatted(port)), site.said());

    Program moderator = start("moderator", "add", "mo@blog.example", "--site=blog");
    assertEquals(0, moderator.exitCode(), moderator.said());
    String password = after("shown this once:", moderator.said());

    eventually("the site is known", () -> post("Said by Wilhelmina").statusCode() == 202);
    HttpResponse<String> posted = post("Said again by Wilhelmina");
    String token = new JsonObject(posted.body()).getString("ownerToken");
    HttpResponse<String> session = signIn("mo@blog.example", password);
    assertEquals(200, session.statusCode(), session.body());

    String request = posted.headers().firstValue("X-Request-Id").orElseThrow();
    eventually("the log has it", () -> said().contains(request));
    List<JsonObject> lines =
        said().lines().filter(l -> l.startsWith("{")).map(JsonObject::new).toList();
    JsonObject line =
        lines.stream().filter(each -> each.encode().contains(request)).findFirst().orElseThrow();
    assertEquals("afterword.access", line.getString("loggerName"));
    assertTrue(pairs(line).contains(new JsonObject().put("status", "202")), line.encode());
    for (String secret :
        List.of("mo@blog", "ada@private", "127.0.0.1", "Wilhelmina", "Ada", token, password)) {
      assertFalse(said().contains(secret), secret + " in the log");
    }
  }

  @Test
  void what_is_missing_or_taken_is_told_in_a_line() throws Exception {
    for (String[] command :
        List.of(
            new String[] {"site", "add", "blog2"},
            new String[] {"site", "add", "Blog 2", "--origin=" + ORIGIN},
            new String[] {"site", "add", "blog2", "--origin=ftp://x"},
            new String[] {"moderator", "add", "nobody"})) {
      Program program = start(command);

      assertTrue(program.exitCode() != 0, String.join(" ", command));
      assertTrue(program.said().startsWith("afterword: "), program.said());
      assertFalse(program.said().contains("Exception"), program.said());
    }
  }

  @Test
  void an_operator_whose_language_has_other_digits_runs_the_same_program() throws Exception {
    List<String> egypt = List.of("env", "JDK_JAVA_OPTIONS=-Duser.language=ar -Duser.country=EG");
    Program site = start(egypt, "site", "add", "nile", "--origin=" + ORIGIN);
    assertEquals(0, site.exitCode(), site.said());
    Program moderator = start(egypt, "moderator", "add", "ari@nile.example", "--site=nile");
    assertEquals(0, moderator.exitCode(), moderator.said());
    Program audit = start(egypt, "audit", "verify");
    assertEquals(0, audit.exitCode(), audit.said());

    HttpResponse<String> session =
        signIn("ari@nile.example", after("shown this once:", moderator.said()));

    assertEquals(200, session.statusCode(), session.body());
    assertTrue(audit.said().matches("(?s).*\\b[0-9]+ rows sealed.*"), audit.said());
  }

  private static Program start(String... command) throws IOException {
    return start(List.of(), command);
  }

  private static Program start(List<String> prefix, String... command) throws IOException {
    var args = new ArrayList<>(List.of(command));
    args.addAll(
        List.of("--data-dir=" + home, "--port=" + port, "--management-port=" + managementPort));
    return Program.start(home, prefix, Program.classPath(), args.toArray(String[]::new));
  }

  private static HttpResponse<String> post(String text) {
    var author = new JsonObject().put("name", "Ada").put("email", "ada@private.example");
    var page = new JsonObject().put("key", "a.html").put("url", ORIGIN + "/a.html");
    return send(
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + port + "/api/v1/sites/blog/comments"))
            .header("Content-Type", "application/json")
            .header("Origin", ORIGIN)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(
                BodyPublishers.ofString(
                    new JsonObject()
                        .put("page", page)
                        .put("author", author)
                        .put("body", text)
                        .encode())));
  }

  private static HttpResponse<String> signIn(String email, String password) {
    var credentials = new JsonObject().put("email", email).put("password", password);
    return send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/admin/session"))
            .header("Content-Type", "application/json")
            .header("Origin", "http://localhost:" + port)
            .POST(BodyPublishers.ofString(credentials.encode())));
  }

  private static int status(String url) {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(URI.create(url)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException notYet) {
      return 0;
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (Exception noAnswer) {
      throw new AssertionError(noAnswer);
    }
  }

  private static JsonArray pairs(JsonObject line) {
    return line.getJsonArray("kvpList");
  }

  private static String said() {
    try {
      return service.said();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static String after(String label, String text) {
    return text.substring(text.indexOf(label) + label.length()).strip();
  }
}
