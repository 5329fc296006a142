package afterword.rehearse;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Readers and writers that never try twice, so that every failure shows: most on connections that
 * are kept, as a proxy does, some on a new one each.
 */
final class Load {
  static final String ORIGIN = "https://blog.example";

  /** As long as proxies wait. */
  static final int PATIENCE_MILLIS = 60_000;

  private static final int WRITES_EVERY = 10;
  private static final int FRESH_EVERY = 4;

  private final Vertx vertx;
  private final WebClient kept;
  private final WebClient fresh;
  private final int port;
  private final AtomicLong number = new AtomicLong();
  private final AtomicInteger under = new AtomicInteger();
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private volatile boolean running;
  private volatile long lastWritten;
  private volatile long lastFailed;
  private Noticed noticed = new Noticed();

  /** What readers and writers met since the last time it was asked. */
  static final class Noticed {
    private final Map<String, Integer> failures = new TreeMap<>();
    private int requests;
    private int failedReads;
    private long slowestMillis;

    int requests() {
      return requests;
    }

    int failed() {
      return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    int failedReads() {
      return failedReads;
    }

    long slowestMillis() {
      return slowestMillis;
    }

    /** Cut, kept waiting or answered wrongly: all but those told when to come again, by a 503. */
    int lostWrites() {
      return failed() - failedReads - told("write 503");
    }

    private int told(String how) {
      return failures.getOrDefault(how, 0);
    }

    @Override
    public String toString() {
      return "%d requests, slowest %d ms, failed %s".formatted(requests, slowestMillis, failures);
    }
  }

  Load(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
    this.kept = client(vertx, true);
    this.fresh = client(vertx, false);
  }

  private static WebClient client(Vertx vertx, boolean keepAlive) {
    return WebClient.create(
        vertx,
        new WebClientOptions().setKeepAlive(keepAlive).setConnectTimeout(PATIENCE_MILLIS),
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

  /** Asks nothing more, and waits for no answer. */
  void end() {
    running = false;
  }

  /** Asks nothing more, and waits for every answer. */
  void stop() throws InterruptedException {
    running = false;
    for (int i = 0; i < PATIENCE_MILLIS / 10 && under.get() > 0; i++) Thread.sleep(10);
  }

  synchronized Noticed take() {
    Noticed taken = noticed;
    noticed = new Noticed();
    return taken;
  }

  Queue<String> acknowledged() {
    return acknowledged;
  }

  /** When a write was taken last, in nanoseconds. */
  long lastWritten() {
    return lastWritten;
  }

  /** When anything failed last, in nanoseconds. */
  long lastFailed() {
    return lastFailed;
  }

  private void read() {
    long start = begun();
    WebClient client = number.get() % FRESH_EVERY == 0 ? fresh : kept;
    client
        .get(port, "127.0.0.1", "/api/v1/sites/blog/thread?page=a.html")
        .timeout(PATIENCE_MILLIS)
        .send()
        .onComplete(answer -> ended("read", start, answer, status(answer) == 200));
  }

  private void write(String page) {
    String text = "Rehearsed " + UUID.randomUUID();
    long n = number.get();
    long start = begun();
    kept.post(port, "127.0.0.1", "/api/v1/sites/blog/comments")
        .putHeader("Origin", ORIGIN)
        .putHeader("Idempotency-Key", UUID.randomUUID().toString())
        .putHeader("X-Forwarded-For", "10.%d.%d.1".formatted(n / 200 % 200, n % 200))
        .timeout(PATIENCE_MILLIS)
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
              boolean taken = status(answer) == 201 || status(answer) == 202;
              if (taken) {
                acknowledged.add(text);
                lastWritten = System.nanoTime();
              }
              ended("write", start, answer, taken);
            });
  }

  private long begun() {
    under.incrementAndGet();
    return System.nanoTime();
  }

  private synchronized void ended(
      String what, long start, AsyncResult<HttpResponse<Buffer>> answer, boolean fine) {
    under.decrementAndGet();
    noticed.requests++;
    noticed.slowestMillis =
        Math.max(noticed.slowestMillis, (System.nanoTime() - start) / 1_000_000);
    if (fine) return;
    lastFailed = System.nanoTime();
    if (what.equals("read")) noticed.failedReads++;
    noticed.failures.merge(what + " " + how(answer), 1, Integer::sum);
  }

  private static String how(AsyncResult<HttpResponse<Buffer>> answer) {
    int status = status(answer);
    if (status == 0) return String.valueOf(answer.cause());
    boolean silent = status == 503 && answer.result().getHeader("Retry-After") == null;
    return silent ? "503 that does not say when to come again" : Integer.toString(status);
  }

  private static int status(AsyncResult<HttpResponse<Buffer>> answer) {
    return answer.succeeded() ? answer.result().statusCode() : 0;
  }
}
