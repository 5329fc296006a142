package afterword.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * From the start of the process to its first "ready", how long the very first post takes then, and
 * what the process holds in memory, for the plain JVM and for the one with the cache of bin/image;
 * both in turn, so that they meet the same machine. Without an image there is the plain one alone,
 * of this checkout.
 */
final class StartBench implements Benchmark {
  /** What the Deployment allows; the heap follows it. */
  private static final int MEGABYTES = 512;

  private static final String ORIGIN = "https://blog.example";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** One way to start. */
  private record Way(String name, double readyGoal, double memoryGoal, List<String> command) {}

  private record Start(double readySeconds, double firstPostMillis, double memoryMegabytes) {}

  @Override
  public void measure(Run run) throws Exception {
    try (var database = BenchDatabase.open(run)) {
      database
          .asOwner()
          .run("insert into site (key, name, origins) values ('blog', 'Blog', '{" + ORIGIN + "}')");
      List<Way> ways = ways(run);
      int rounds = run.scale.of(1, 5, 15);
      int idle = run.scale.of(0, 8, 10);
      run.say("%d starts each, memory after %d s", rounds, idle);
      var starts = new ArrayList<List<Start>>();
      for (Way way : ways) starts.add(new ArrayList<>());
      for (int round = 0; round < rounds; round++)
        for (int i = 0; i < ways.size(); i++)
          starts.get(i).add(start(ways.get(i), database.postgres().serviceUrl(), idle));
      for (int i = 0; i < ways.size(); i++) state(run, ways.get(i), starts.get(i));
    }
  }

  private static void state(Run run, Way way, List<Start> starts) {
    run.figure(
        "ready_" + way.name + "_s",
        median(starts.stream().mapToDouble(Start::readySeconds).toArray()),
        "s",
        Goal.atMost(way.readyGoal));
    run.figure(
        "first_post_" + way.name + "_ms",
        median(starts.stream().mapToDouble(Start::firstPostMillis).toArray()),
        "ms",
        Goal.stated());
    run.figure(
        "idle_" + way.name + "_mb",
        median(starts.stream().mapToDouble(Start::memoryMegabytes).toArray()),
        "MB",
        Goal.atMost(way.memoryGoal));
  }

  private static List<Way> ways(Run run) throws IOException {
    Path app = Packaged.app(run);
    if (!Packaged.isThere(app)) {
      if (run.scale == Scale.FULL)
        throw new IllegalStateException("there is no " + app + ": make it with bin/image");
      run.say("without an image (bin/image) there is the plain JVM alone, of this checkout");
      return List.of(plain(Packaged.ofCheckout()));
    }
    List<String> prepared = Packaged.ofImage(app);
    List<String> plain = new ArrayList<>(prepared);
    plain.removeIf(word -> word.startsWith("-XX:AOTCache"));
    return List.of(plain(plain), new Way("prepared", 0.4, 90, prepared));
  }

  private static Way plain(List<String> command) {
    return new Way("plain", 1, 130, command);
  }

  private static Start start(Way way, String databaseUrl, int idleSeconds) throws Exception {
    try (var service = Packaged.start(way.command, MEGABYTES, databaseUrl, List.of())) {
      double firstPost = millisOfPost(service.port());
      TimeUnit.SECONDS.sleep(idleSeconds);
      return new Start(service.readySeconds(), firstPost, service.residentMegabytes());
    }
  }

  private static double millisOfPost(int port) throws Exception {
    String body =
        """
        {"page": {"key": "a.html", "url": "%s/a.html"}, "author": {"name": "Ada"},
         "body": "Thank you, that is what I was looking for in *all* these years. %s"}
        """
            .formatted(ORIGIN, UUID.randomUUID());
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/api/v1/sites/blog/comments"))
            .header("Origin", ORIGIN)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    long begin = System.nanoTime();
    int status = HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    double millis = (System.nanoTime() - begin) / 1e6;
    if (status / 100 != 2) throw new IllegalStateException("the first post was answered " + status);
    return millis;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
