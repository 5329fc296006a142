package afterword.faults;

import afterword.db.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What each service answers once all has settled, to readers and to moderators (I4). */
final class Answers {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
  private static final String COUNTS =
      "/api/v1/sites/blog/counts?"
          + IntStream.range(0, Writer.PAGES)
              .mapToObj(i -> "page=page-" + i)
              .collect(Collectors.joining("&"));
  private static final String STATS = "/api/v1/admin/stats?site=blog";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final TestDatabase database;
  private final String moderator;

  Answers(TestDatabase database, String moderator) {
    this.database = database;
    this.moderator = moderator;
  }

  /** Of all pages' counts and of how many wait, those that are not a recount. */
  List<String> wrong(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    List<String> wrong = look(port);
    // What is cached was dropped a moment after the last change, not with it.
    while (!wrong.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(50);
      wrong = look(port);
    }
    return wrong;
  }

  private List<String> look(int port) throws IOException, InterruptedException {
    var wrong = new ArrayList<String>();
    JsonObject counts = ask(port, COUNTS).getJsonObject("counts", new JsonObject());
    for (int i = 0; i < Writer.PAGES; i++) {
      String page = "page-" + i;
      String recount = database.ask(PUBLISHED.formatted(page));
      if (!recount.equals(String.valueOf(counts.getInteger(page))))
        wrong.add("%s has %s and says %s".formatted(page, recount, counts.getInteger(page)));
    }
    String pending = database.ask("select count(*) from comment where status = 'pending'");
    Integer waiting = ask(port, STATS).getInteger("waiting");
    if (!pending.equals(String.valueOf(waiting)))
      wrong.add(pending + " wait, and moderators are told " + waiting);
    return wrong;
  }

  private static final String PUBLISHED =
      """
      select count(*) from comment c join page p on p.site_id = c.site_id and p.id = c.thread_id
      where p.key = '%s' and c.status = 'published'
      """;

  private JsonObject ask(int port, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + moderator)
            .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() == 200 ? new JsonObject(answer.body()) : new JsonObject();
  }
}
