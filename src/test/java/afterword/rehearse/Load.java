package afterword.rehearse;

import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Readers and writers on kept connections that never try twice: every failure shows. */
final class Load {
  static final String ORIGIN = "https://blog.example";
  private static final int WRITES_EVERY = 10;

  private final Vertx vertx;
  private final WebClient client;
  private final int port;
  private final AtomicLong number = new AtomicLong();
  private final AtomicInteger under = new AtomicInteger();
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private volatile boolean running;
  private volatile long lastWritten;
  private int requests;
  private int failedReads;

  Load(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
    this.client =
        WebClient.create(
            vertx,
            new WebClientOptions().setKeepAlive(true).setConnectTimeout(10_000),
            new PoolOptions().setHttp1MaxSize(64));
  }

  /** So many requests a second until stopped; one in ten writes. The page that is read is there. */
  void start(int perSecond) {
    running = true;
    write("a.html");
    vertx.setPeriodic(
        Math.max(1, 1_000 / perSecond),
        timer -> {
          if (!running) vertx.cancelTimer(timer);
          else if (number.incrementAndGet() % WRITES_EVERY == 0) write("w" + number.get() % 50);
          else read();
        });
  }

  void stop() throws InterruptedException {
    running = false;
    for (int i = 0; i < 1_500 && under.get() > 0; i++) Thread.sleep(10);
  }

  /** What failed since the last time it was asked, by how. */
  synchronized Map<String, Integer> takeFailures() {
    var taken = new TreeMap<>(failures);
    failures.clear();
    return taken;
  }

  synchronized int requests() {
    return requests;
  }

  /** Reads that failed since the last time it was asked. */
  synchronized int takeFailedReads() {
    int taken = failedReads;
    failedReads = 0;
    return taken;
  }

  Queue<String> acknowledged() {
    return acknowledged;
  }

  /** When a write was taken last, in nanoseconds. */
  long lastWritten() {
    return lastWritten;
  }

  private void read() {
    under.incrementAndGet();
    client
        .get(port, "127.0.0.1", "/api/v1/sites/blog/thread?page=a.html")
        .timeout(60_000)
        .send()
        .onComplete(
            answer -> {
              under.decrementAndGet();
              boolean fine = answer.succeeded() && answer.result().statusCode() == 200;
              count(
                  fine,
                  "read",
                  answer.succeeded() ? answer.result().statusCode() : 0,
                  answer.cause());
            });
  }

  private void write(String page) {
    String text = "Rehearsed " + UUID.randomUUID();
    long n = number.get();
    under.incrementAndGet();
    client
        .post(port, "127.0.0.1", "/api/v1/sites/blog/comments")
        .putHeader("Origin", ORIGIN)
        .putHeader("Idempotency-Key", UUID.randomUUID().toString())
        .putHeader("X-Forwarded-For", "10.%d.%d.1".formatted(n / 200 % 200, n % 200))
        .timeout(60_000)
        .sendJsonObject(
            new JsonObject()
                .put(
                    "page",
                    new JsonObject()
                        .put("key", page)
                        .put("url", ORIGIN + "/" + page)
                        .put("title", "W"))
                .put("author", new JsonObject().put("name", "Ada"))
                .put("body", text))
        .onComplete(
            answer -> {
              under.decrementAndGet();
              int status = answer.succeeded() ? answer.result().statusCode() : 0;
              boolean taken = status == 201 || status == 202;
              if (taken) {
                acknowledged.add(text);
                lastWritten = System.nanoTime();
              }
              count(taken, "write", status, answer.cause());
            });
  }

  private synchronized void count(boolean fine, String what, int status, Throwable cause) {
    requests++;
    if (fine) return;
    if (what.equals("read")) failedReads++;
    String how = status > 0 ? Integer.toString(status) : String.valueOf(cause.getMessage());
    failures.merge(what + " " + how, 1, Integer::sum);
  }
}
