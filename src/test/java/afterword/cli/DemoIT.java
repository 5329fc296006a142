package afterword.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.config.DataFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoIT {
  private static final String PAGE = "2026/03/a-winter-of-walking-to-work.html";

  private final HttpClient http = HttpClient.newHttpClient();
  private Path home;
  private Path readyFile;

  /** The programs of PostgreSQL are unpacked once for all tests. */
  @BeforeEach
  void make_a_folder() throws IOException {
    Path shared =
        Files.createDirectories(Path.of("target/test-postgres/postgres")).toAbsolutePath();
    home = Files.createTempDirectory(shared.getParent(), "home-");
    Files.createSymbolicLink(home.resolve("postgres"), shared);
    readyFile = home.resolve("ready.json");
  }

  @AfterEach
  void remove_it() throws IOException {
    DataFolder.remove(home);
  }

  @Test
  void shows_a_living_thread_and_a_queue_and_the_second_start_knows_the_first() throws Exception {
    JsonObject first;
    int count;
    try (Program demo = start()) {
      first = demo.ready(readyFile);
      assertHostPageHoldsOneScriptOf(first);
      count = count(first);
      assertTrue(count >= 30);
      assertTrue(
          reasons(first).containsAll(List.of("first-comment", "too-many-links", "blocked-word")),
          reasons(first).toString());
      assertEquals(202, post(first, "I walk, too."));
      assertTrue(demo.said().contains(first.getJsonObject("moderator").getString("password")));
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(readyFile)));

      assertTrue(demo.stop().toSeconds() < 10);
      assertEquals(List.of(), postgresOver(home));
    }

    try (Program demo = start()) {
      JsonObject second = demo.ready(readyFile);
      assertEquals(first.getJsonObject("moderator"), second.getJsonObject("moderator"));
      assertEquals(count, count(second));
      assertTrue(queue(second).encode().contains("I walk, too."));
      assertTrue(
          thread(second).getJsonObject("thread").getString("url").startsWith(origin(second)));
    }
  }

  @Test
  void a_killed_one_is_followed_by_one_that_works() throws Exception {
    try (Program demo = start()) {
      demo.ready(readyFile);
      demo.kill();
    }
    assertNotEquals(List.of(), postgresOver(home));

    try (Program demo = start()) {
      assertTrue(count(demo.ready(readyFile)) >= 30);
      demo.stop();
    }
    assertEquals(List.of(), postgresOver(home));
  }

  @Test
  void an_ephemeral_one_leaves_nothing_but_the_programs() throws Exception {
    try (Program demo = start("--ephemeral")) {
      demo.ready(readyFile);
      assertFalse(demo.said().contains("next start"));
      demo.stop();
      Files.delete(readyFile);
    }

    try (Stream<Path> left = Files.list(home)) {
      Set<String> names =
          left.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
      names.removeIf(name -> name.startsWith("said-"));
      assertEquals(Set.of("postgres"), names);
    }
  }

  private Program start(String... more) throws IOException {
    Files.deleteIfExists(readyFile);
    var args =
        new java.util.ArrayList<>(
            List.of("demo", "--port=0", "--management-port=0", "--host-page-port=0"));
    args.addAll(List.of("--data-dir=" + home, "--ready-file=" + readyFile));
    args.addAll(List.of(more));
    return Program.start(home, args.toArray(String[]::new));
  }

  private void assertHostPageHoldsOneScriptOf(JsonObject ready) throws Exception {
    String html = get(ready.getString("hostPageUrl"), ready);

    assertEquals(2, html.split("<script", -1).length);
    assertTrue(
        html.contains(
            "src=\"" + ready.getString("serviceUrl") + "/embed/v1.js\" data-site=\"demo\""));
    assertNotEquals(
        URI.create(ready.getString("serviceUrl")).getHost(),
        URI.create(ready.getString("hostPageUrl")).getHost());
  }

  private JsonObject thread(JsonObject ready) throws Exception {
    return new JsonObject(
        get(ready.getString("serviceUrl") + "/api/v1/sites/demo/thread?page=" + PAGE, ready));
  }

  private int count(JsonObject ready) throws Exception {
    return thread(ready).getJsonObject("thread").getInteger("count");
  }

  private JsonObject queue(JsonObject ready) throws Exception {
    return new JsonObject(
        get(ready.getString("serviceUrl") + "/api/v1/admin/queue?limit=50", ready));
  }

  private Set<Object> reasons(JsonObject ready) throws Exception {
    JsonArray cards = queue(ready).getJsonArray("cards");
    return cards.stream()
        .flatMap(card -> ((JsonObject) card).getJsonArray("reasons").stream())
        .collect(Collectors.toSet());
  }

  private String get(String url, JsonObject ready) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url));
    if (url.contains("/admin/"))
      request.header("Authorization", "Bearer " + ready.getString("accessToken"));
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private int post(JsonObject ready, String text) throws Exception {
    var body =
        new JsonObject()
            .put(
                "page",
                new JsonObject()
                    .put("key", PAGE)
                    .put("url", ready.getString("hostPageUrl"))
                    .put("title", "A"))
            .put("author", new JsonObject().put("name", "Ada"))
            .put("body", text);
    var request =
        HttpRequest.newBuilder(
                URI.create(ready.getString("serviceUrl") + "/api/v1/sites/demo/comments"))
            .header("Content-Type", "application/json")
            .header("Origin", origin(ready))
            .header("Idempotency-Key", "a-key-for-this-test-alone")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static String origin(JsonObject ready) {
    return ready.getString("hostPageUrl").replaceFirst("(https?://[^/]+).*", "$1");
  }

  private static List<Long> postgresOver(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(folder + "/database"))
        .map(ProcessHandle::pid)
        .toList();
  }
}
