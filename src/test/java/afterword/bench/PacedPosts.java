package afterword.bench;

import static afterword.journeys.RunningService.ORIGIN;

import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Posts at a steady rate whatever the answers do, and how long each took from when it was due: a
 * generator that waits for an answer before it sends would leave out what it did not send
 * (coordinated omission).
 */
final class PacedPosts {
  record Latency(double p50Millis, double p99Millis) {}

  private PacedPosts() {}

  static Latency run(int port, double perSecond, int seconds, String text) throws Exception {
    Vertx vertx = Vertx.vertx();
    WebClient client =
        WebClient.create(
            vertx,
            new WebClientOptions().setKeepAlive(true).setTcpNoDelay(true),
            new PoolOptions().setHttp1MaxSize(256));
    Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    var failed = new AtomicInteger();
    var sent = new AtomicInteger();
    long begin = System.nanoTime();
    int all = (int) (perSecond * seconds);
    long timer =
        vertx.setPeriodic(
            1,
            tick -> {
              while (sent.get() < all
                  && begin + (long) (sent.get() * 1e9 / perSecond) <= System.nanoTime()) {
                long due = begin + (long) (sent.getAndIncrement() * 1e9 / perSecond);
                send(client, port, text, sent.get())
                    .onComplete(
                        answer -> {
                          nanos.add(System.nanoTime() - due);
                          if (answer.failed() || answer.result() != 201) failed.incrementAndGet();
                        });
              }
            });
    long patience = begin + TimeUnit.SECONDS.toNanos(seconds + 30L);
    while (nanos.size() < all && System.nanoTime() < patience) Thread.sleep(20);
    vertx.cancelTimer(timer);
    client.close();
    vertx.close().await(10, TimeUnit.SECONDS);
    if (failed.get() > 0 || nanos.size() < all)
      throw new IllegalStateException(
          failed.get() + " posts failed, " + (all - nanos.size()) + " were not answered");
    long[] sorted = nanos.stream().mapToLong(n -> n).sorted().toArray();
    return new Latency(sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6);
  }

  private static io.vertx.core.Future<Integer> send(
      WebClient client, int port, String text, int number) {
    String page = "page-" + (number % 100 + 1);
    return client
        .post(port, "127.0.0.1", "/api/v1/sites/blog/comments")
        .putHeader("Origin", ORIGIN)
        .putHeader("Idempotency-Key", UUID.randomUUID().toString())
        .sendJsonObject(
            new JsonObject()
                .put("page", new JsonObject().put("key", page).put("url", ORIGIN + "/" + page))
                .put("author", new JsonObject().put("name", "Ada"))
                .put("body", text + UUID.randomUUID()))
        .map(answer -> answer.statusCode());
  }
}
