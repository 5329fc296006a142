package afterword.faults;

import afterword.faults.Journal.Answer;
import afterword.faults.Journal.Post;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts without end: on many pages, to roots and to replies, some to be published and some to be
 * held, one in eight of them twice at the same moment. It never tries again by itself, so that all
 * that fails is seen.
 */
final class Writer implements AutoCloseable {
  static final String ORIGIN = "https://blog.example";
  static final int PAGES = 20;

  /** In every text, so that the link to the database knows a post when it passes. */
  static final byte[] MARK = "faultless".getBytes(StandardCharsets.UTF_8);

  private static final int TWICE_EVERY = 8;
  private static final int HELD_EVERY = 5;
  private static final long PAUSE_AFTER_FAILURE = 500_000_000;
  private static final long LISTENING = 5_000_000;
  private static final int REMEMBERED = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<Integer> ports;
  private final Journal journal;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicLong lastAcknowledged = new AtomicLong(System.nanoTime());
  private final AtomicLong lastFailed = new AtomicLong(System.nanoTime());
  private final List<Published> published = new CopyOnWriteArrayList<>();
  private volatile boolean over;

  /** One that can be answered, or removed by a moderator. */
  record Published(String id, String page, int number) {}

  /**
   * @param ports of the services, which are asked in turn
   */
  Writer(List<Integer> ports, Journal journal) {
    this.ports = ports;
    this.journal = journal;
  }

  /**
   * @param perSecond all threads together, at most
   */
  void start(int workers, int perSecond) {
    for (int i = 0; i < workers; i++) {
      var thread = new Thread(() -> work(1_000_000_000L * workers / perSecond), "writer-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void work(long pauseNanos) {
    while (!over) {
      long begin = System.nanoTime();
      Post post = next();
      journal.sent(post);
      if (ThreadLocalRandom.current().nextInt(TWICE_EVERY) == 0) {
        var one = CompletableFuture.supplyAsync(() -> send(post));
        take(post, send(post));
        take(post, one.join());
      } else take(post, send(post));
      waitAtTheDoor();
      LockSupport.parkNanos(begin + pauseNanos - System.nanoTime());
    }
  }

  /**
   * Nobody knocks at a closed door without end, for each knock is a key to be sent again; but as
   * soon as one was let in, all come.
   */
  private void waitAtTheDoor() {
    long end = System.nanoTime() + PAUSE_AFTER_FAILURE;
    while (lastFailed.get() > lastAcknowledged.get() && System.nanoTime() < end)
      LockSupport.parkNanos(LISTENING);
  }

  private Post next() {
    int n = number.incrementAndGet();
    boolean held = n % HELD_EVERY == 0;
    String text =
        held
            ? "hidden" + n + "x faultless, see https://held.example/" + n
            : "shown" + n + "x faultless";
    String page = "page-" + n % PAGES;
    Published parent = n % 3 == 0 ? anyPublished() : null;
    return parent == null
        ? new Post(UUID.randomUUID().toString(), page, null, text)
        : new Post(UUID.randomUUID().toString(), parent.page(), parent.id(), text);
  }

  /** Out of the newest ones; null while there are none. */
  Published anyPublished() {
    int size = published.size();
    return size == 0 ? null : published.get(ThreadLocalRandom.current().nextInt(size));
  }

  private void take(Post post, Answer answer) {
    journal.answered(post, answer);
    if (answer.acknowledged()) {
      lastAcknowledged.set(System.nanoTime());
    } else if (answer.status() != 409 && answer.status() != 422) {
      lastFailed.set(System.nanoTime());
    }
    if (answer.status() == 201) {
      if (published.size() >= REMEMBERED)
        published.remove(ThreadLocalRandom.current().nextInt(REMEMBERED));
      int n = Integer.parseInt(post.text().replaceAll("\\D*(\\d+).*", "$1"));
      published.add(new Published(answer.id(), post.page(), n));
    }
  }

  /** Once, whatever comes of it. */
  Answer send(Post post) {
    int port = ports.get(ThreadLocalRandom.current().nextInt(ports.size()));
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/api/v1/sites/blog/comments"))
            .timeout(PATIENCE)
            .header("Origin", ORIGIN)
            .header("Idempotency-Key", post.key())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(post).encode()))
            .build();
    try {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 201 && answer.statusCode() != 202)
        return new Answer(answer.statusCode(), null, null);
      return Answer.acknowledged(answer.statusCode(), new JsonObject(answer.body()));
    } catch (IOException noAnswer) {
      return new Answer(0, null, null);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Answer(0, null, null);
    }
  }

  static JsonObject body(Post post) {
    var page =
        new JsonObject()
            .put("key", post.page())
            .put("url", ORIGIN + "/" + post.page())
            .put("title", "Page");
    return new JsonObject()
        .put("page", page)
        .put("parentId", post.parent())
        .put("author", new JsonObject().put("name", "Ada"))
        .put("body", post.text());
  }

  long lastAcknowledged() {
    return lastAcknowledged.get();
  }

  /** When a post failed last; refusals that are right do not count. */
  long lastFailed() {
    return lastFailed.get();
  }

  /** What is in flight is answered first. */
  @Override
  public void close() throws InterruptedException {
    over = true;
    for (Thread thread : threads) thread.join();
  }
}
