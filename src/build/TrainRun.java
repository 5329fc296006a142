import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Uses a running demo as readers and probes do, so that what they need is in the cache.
 *
 * <p>Usage: {@code java TrainRun.java READY_FILE}
 */
final class TrainRun {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static void main(String[] args) throws Exception {
    String ready = Files.readString(Path.of(args[0]));
    System.out.println(ready);
    Matcher found = Pattern.compile("https?://[^\"\\s]+").matcher(ready);
    String service = null;
    while (found.find()) {
      String url = found.group();
      URI uri = URI.create(url);
      String origin = uri.getScheme() + "://" + uri.getAuthority();
      if (service == null && status(origin + "/embed/v1.js") == 200) service = origin;
    }
    if (service == null) throw new IllegalStateException("no service in " + ready);
    for (int i = 0; i < 30; i++) {
      status(service + "/api/v1/sites/demo/thread?page=article.html&n=" + i);
      status(service + "/api/v1/sites/demo/counts?page=article.html");
      status(service + "/t?site=demo&page=article.html");
      status(service + "/admin");
      post(service, i);
    }
  }

  private static int status(String url) {
    try {
      return CLIENT
          .send(
              HttpRequest.newBuilder(URI.create(url)).header("Accept-Encoding", "gzip").build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (Exception unreachable) {
      return 0;
    }
  }

  private static void post(String service, int i) throws Exception {
    String body =
        "{\"page\":{\"key\":\"trained\",\"url\":\"http://localhost/trained\",\"title\":\"T\"},"
            + "\"author\":{\"name\":\"Ada\"},\"body\":\"**Trained** "
            + i
            + " https://example.org\"}";
    CLIENT.send(
        HttpRequest.newBuilder(URI.create(service + "/api/v1/sites/demo/comments"))
            .header("Content-Type", "application/json")
            .header("Origin", "http://localhost")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.discarding());
  }
}
