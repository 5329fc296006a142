import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Uses a running service as readers, writers and probes do, so that what they need is in the cache.
 * Fails where an answer is not what they would get.
 *
 * <p>Usage: {@code java TrainRun.java READY_FILE LOG}, the one of the demo whose database it is, the
 * other of the service.
 */
final class TrainRun {
  private static final int ROUNDS = 30;

  /** As many as one sender is let through at once. */
  private static final int POSTS = 8;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static void main(String[] args) throws Exception {
    String page = find("\"hostPageUrl\" : \"([^\"]+)\"", Path.of(args[0]));
    String service = find(" serves at (\\S+)", Path.of(args[1]));
    String management = find("(http://localhost:\\d+)/readyz", Path.of(args[1]));
    for (int i = 0; i < ROUNDS; i++) {
      String thread = service + "/api/v1/sites/demo/thread?page=" + page + "&n=" + i;
      get(thread, "gzip");
      get(thread, "br");
      get(service + "/api/v1/sites/demo/counts?page=" + page, "gzip");
      get(service + "/t?site=demo&page=" + page, "gzip");
      get(service + "/embed/v1.js", "br");
      get(service + "/admin/", "gzip");
      for (String path : new String[] {"/livez", "/startupz", "/readyz", "/metrics"})
        get(management + path, "identity");
      if (i < POSTS) post(service, page, i);
    }
  }

  private static String find(String pattern, Path file) throws IOException {
    var found = Pattern.compile(pattern).matcher(Files.readString(file));
    if (!found.find()) throw new IllegalStateException("no " + pattern + " in " + file);
    return found.group(1);
  }

  private static void get(String url, String coding) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url)).header("Accept-Encoding", coding).build();
    expect(200, request);
  }

  private static void post(String service, String page, int i) throws Exception {
    String body =
        "{\"page\":{\"key\":\"trained\",\"url\":\""
            + page
            + "\",\"title\":\"T\"},\"author\":{\"name\":\"Ada\"},\"body\":\"**Trained** on `"
            + UUID.randomUUID()
            + "`, which is what I was looking for.\\n\\n> the answer\\n\\n- number "
            + i
            + "\"}";
    URI from = URI.create(page);
    expect(
        202,
        HttpRequest.newBuilder(URI.create(service + "/api/v1/sites/demo/comments"))
            .header("Content-Type", "application/json")
            .header("Origin", from.getScheme() + "://" + from.getAuthority())
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static void expect(int status, HttpRequest request) throws Exception {
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != status)
      throw new IllegalStateException(
          request.uri() + " was answered " + answer.statusCode() + ": " + answer.body());
  }
}
