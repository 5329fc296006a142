package afterword.faults;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everybody who looks on: readers of all public answers, one who follows a page live, and a
 * moderator who deletes. They note texts that nobody may see, or not any more (I6).
 */
final class Readers implements AutoCloseable {
  /** After the commit, where the service reaches the database. */
  private static final long GONE_AFTER = TimeUnit.SECONDS.toNanos(1);

  private static final Pattern TEXT = Pattern.compile("(shown|hidden)(\\d+)x");
  private static final String FOLLOWED = "page-0";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<Integer> ports;
  private final String moderator;
  private final Writer writer;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Integer, Long> numberToGoneAt = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> idToTold = new HashMap<>();
  private final AtomicLong lastFailed = new AtomicLong(System.nanoTime());
  private volatile Instant followedFrom = Instant.MAX;
  private volatile Instant followedUntil = Instant.MIN;
  private volatile boolean reloaded;
  private volatile boolean databaseAway;
  private volatile boolean over;

  Readers(List<Integer> ports, String moderator, Writer writer) {
    this.ports = ports;
    this.moderator = moderator;
    this.writer = writer;
  }

  void start() {
    start("reader", this::read);
    start("reader", this::read);
    start("moderator", this::decide);
    start("follower", this::follow);
  }

  private void start(String name, Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** While it is away, what was removed a moment before may still be seen. */
  void databaseAway(boolean away) {
    databaseAway = away;
  }

  long lastFailed() {
    return lastFailed.get();
  }

  /** Texts that were seen and should not have been. */
  Set<String> seen() {
    return seen;
  }

  /** Comments of the followed page, and how often each was told as published. */
  synchronized Map<String, Integer> told() {
    return Map.copyOf(idToTold);
  }

  /** Whether the stream once said that the page must be loaded anew, and so did not tell all. */
  boolean reloaded() {
    return reloaded;
  }

  /** From when on the live stream owes every published comment of its page. */
  Instant followedFrom() {
    return followedFrom;
  }

  Instant followedUntil() {
    return followedUntil;
  }

  private void read() {
    var paths =
        List.of(
            "/api/v1/sites/blog/thread?page=",
            "/api/v1/sites/blog/thread?order=oldest&page=",
            "/embed/v1/fragment?site=blog&page=",
            "/api/v1/sites/blog/feed.json?page=",
            "/t?site=blog&page=",
            "/api/v1/sites/blog/latest?limit=100&page=");
    while (!over) {
      String path = paths.get(ThreadLocalRandom.current().nextInt(paths.size()));
      String page = "page-" + ThreadLocalRandom.current().nextInt(Writer.PAGES);
      look(path.contains("latest") ? "/api/v1/sites/blog/latest?limit=100" : path + page);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void look(String path) {
    boolean away = databaseAway;
    long asked = System.nanoTime();
    try {
      var answer =
          client.send(
              HttpRequest.newBuilder(address(path)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 400) lastFailed.set(System.nanoTime());
      boolean mayBeOld =
          away || databaseAway || answer.headers().firstValue("Afterword-Stale").isPresent();
      Matcher found = TEXT.matcher(answer.body());
      while (found.find()) judge(found, path, asked, mayBeOld);
    } catch (IOException noAnswer) {
      lastFailed.set(System.nanoTime());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void judge(Matcher found, String path, long asked, boolean mayBeOld) {
    if (found.group(1).equals("hidden")) seen.add(found.group() + " in " + path);
    Long goneAt = numberToGoneAt.get(Integer.parseInt(found.group(2)));
    if (goneAt != null && !mayBeOld && asked - goneAt > GONE_AFTER)
      seen.add(
          "%s in %s, %d ms after it was deleted"
              .formatted(found.group(), path, (asked - goneAt) / 1_000_000));
  }

  /** Deletes now and then; who does not learn what came of it leaves that comment alone. */
  private void decide() {
    var tried = ConcurrentHashMap.<Integer>newKeySet();
    while (!over) {
      Writer.Published one = writer.anyPublished();
      if (one != null && tried.add(one.number()) && delete(one))
        numberToGoneAt.put(one.number(), System.nanoTime());
      LockSupport.parkNanos(200_000_000);
    }
  }

  private boolean delete(Writer.Published one) {
    var item = new JsonObject().put("id", one.id()).put("version", 1);
    var body = new JsonObject().put("action", "delete").put("items", new JsonArray().add(item));
    try {
      var answer =
          client.send(
              HttpRequest.newBuilder(address("/api/v1/admin/decisions"))
                  .timeout(PATIENCE)
                  .header("Authorization", "Bearer " + moderator)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200)
        return new JsonObject(answer.body())
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("result")
            .equals("ok");
      if (answer.statusCode() < 500) throw new IllegalStateException(answer.body());
      lastFailed.set(System.nanoTime());
    } catch (IOException noAnswer) {
      lastFailed.set(System.nanoTime());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** As a browser does: comes back with the last id it was told. */
  private void follow() {
    String last = "";
    while (!over) {
      try {
        var request = HttpRequest.newBuilder(address("/api/v1/sites/blog/live?page=" + FOLLOWED));
        if (!last.isEmpty()) request.header("Last-Event-ID", last);
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        if (answer.statusCode() != 200) continue;
        if (last.isEmpty()) followedFrom = Instant.now().plusSeconds(1);
        last = listen(answer.body(), last);
      } catch (IOException | java.io.UncheckedIOException ended) {
        // Comes back.
      } catch (InterruptedException stopped) {
        return;
      }
      LockSupport.parkNanos(100_000_000);
    }
  }

  private String listen(Stream<String> lines, String before) {
    String last = before;
    String id = before;
    String event = "";
    String data = "";
    try (lines) {
      for (var line = lines.iterator(); !over && line.hasNext(); ) {
        String next = line.next();
        if (next.startsWith("id: ")) id = next.substring(4);
        else if (next.startsWith("event: ")) event = next.substring(7);
        else if (next.startsWith("data: ")) data = next.substring(6);
        else if (next.isEmpty()) {
          tell(event, data);
          last = id;
          event = data = "";
        }
      }
    } catch (java.io.UncheckedIOException ended) {
      // What is complete was told.
    }
    return last;
  }

  private synchronized void tell(String event, String data) {
    if (event.equals("reload")) reloaded = true;
    if (!event.equals("published")) return;
    var json = new JsonObject(data);
    idToTold.merge(json.getJsonObject("comment", json).getString("id"), 1, Integer::sum);
    Matcher found = TEXT.matcher(data);
    while (found.find())
      if (found.group(1).equals("hidden")) seen.add(found.group() + " in the live stream");
  }

  private URI address(String path) {
    int port = ports.get(ThreadLocalRandom.current().nextInt(ports.size()));
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() throws InterruptedException {
    followedUntil = Instant.now().minusSeconds(5);
    over = true;
    for (Thread thread : threads) {
      if (thread.getName().equals("follower")) thread.interrupt();
      thread.join();
    }
  }
}
