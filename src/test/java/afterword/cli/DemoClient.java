package afterword.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a script does with the demo, by nothing but its ready file. */
record DemoClient(JsonObject ready) {
  private static final String PAGE = "2026/03/a-winter-of-walking-to-work.html";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern IN_FLIGHT =
      Pattern.compile("(?m)^http_server_active_requests(?:\\{[^}]*})? (\\S+)$");

  String serviceUrl() {
    return ready.getString("serviceUrl");
  }

  String hostPageUrl() {
    return ready.getString("hostPageUrl");
  }

  JsonObject moderator() {
    return ready.getJsonObject("moderator");
  }

  String origin() {
    return hostPageUrl().replaceFirst("(https?://[^/]+).*", "$1");
  }

  JsonObject thread() {
    return new JsonObject(get(serviceUrl() + "/api/v1/sites/demo/thread?page=" + PAGE));
  }

  int count() {
    return thread().getJsonObject("thread").getInteger("count");
  }

  JsonObject queue() {
    return new JsonObject(get(serviceUrl() + "/api/v1/admin/queue?limit=50"));
  }

  Set<Object> reasons() {
    JsonArray cards = queue().getJsonArray("cards");
    return cards.stream()
        .flatMap(card -> ((JsonObject) card).getJsonArray("reasons").stream())
        .collect(Collectors.toSet());
  }

  int inFlight() {
    String metrics = get(ready.getString("managementUrl") + "/metrics");
    Matcher line = IN_FLIGHT.matcher(metrics);
    assertTrue(line.find(), metrics);
    return (int) Double.parseDouble(line.group(1));
  }

  String get(String url) {
    var request = HttpRequest.newBuilder(URI.create(url));
    if (url.contains("/admin/"))
      request.header("Authorization", "Bearer " + ready.getString("accessToken"));
    HttpResponse<String> answer = send(request.build());
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  JsonObject comment(String text) {
    var page = new JsonObject().put("key", PAGE).put("url", hostPageUrl()).put("title", "A");
    return new JsonObject()
        .put("page", page)
        .put("author", new JsonObject().put("name", "Ada"))
        .put("body", text);
  }

  int post(String text) {
    return post(text, origin());
  }

  int post(String text, String origin) {
    return send(HttpRequest.newBuilder(URI.create(serviceUrl() + "/api/v1/sites/demo/comments"))
            .header("Content-Type", "application/json")
            .header("Origin", origin)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofString(comment(text).encode()))
            .build())
        .statusCode();
  }

  /** The head of a post, for who sends it byte by byte. */
  String head(int length) {
    return "POST /api/v1/sites/demo/comments HTTP/1.1\r\nHost: localhost\r\nOrigin: "
        + origin()
        + "\r\nIdempotency-Key: "
        + UUID.randomUUID()
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (Exception noAnswer) {
      throw new AssertionError(noAnswer);
    }
  }
}
