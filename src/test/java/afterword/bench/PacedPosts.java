package afterword.bench;

import static afterword.journeys.RunningService.ORIGIN;

import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Posts at a steady rate whatever the answers do, and how long each took from when it was due: a
 * generator that waits for an answer before it sends would leave out what it did not send
 * (coordinated omission).
 */
final class PacedPosts {
  /**
   * @param refused posts that were answered, but not with 201
   */
  record Latency(double p50Millis, double p99Millis, int refused) {}

  private static final List<String> WORDS =
      List.of(
          ("train platform station line winter bridge river letter engine carriage village market"
                  + " morning evening harbour garden window history figure report ticket summer road"
                  + " signal tunnel valley mountain paper council budget school teacher museum record"
                  + " north south early late quiet crowded narrow broken famous careful honest useful"
                  + " walked carried counted painted repaired closed opened measured forgot remembered"
                  + " nobody everybody almost never often perhaps because although between without")
              .split(" "));

  private PacedPosts() {}

  /** As a table in Lua has them. */
  static String quotedWords() {
    return WORDS.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
  }

  private static String drawn() {
    return ThreadLocalRandom.current()
        .ints(30, 0, WORDS.size())
        .mapToObj(WORDS::get)
        .collect(Collectors.joining(" "));
  }

  static Latency run(int port, double perSecond, int seconds, String text) throws Exception {
    Vertx vertx = Vertx.vertx();
    WebClient client =
        WebClient.create(
            vertx,
            new WebClientOptions().setKeepAlive(true).setTcpNoDelay(true),
            new PoolOptions().setHttp1MaxSize(256));
    Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    Queue<String> failed = new ConcurrentLinkedQueue<>();
    var refused = new AtomicInteger();
    var sent = new AtomicInteger();
    long begin = System.nanoTime();
    int all = Math.max(1, (int) (perSecond * seconds));
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
                          if (answer.failed()) failed.add(answer.cause().toString());
                          else if (answer.result() != 201) refused.incrementAndGet();
                        });
              }
            });
    long patience = begin + TimeUnit.SECONDS.toNanos(seconds + 30L);
    while (nanos.size() < all && System.nanoTime() < patience) Thread.sleep(20);
    vertx.cancelTimer(timer);
    client.close();
    vertx.close().await(10, TimeUnit.SECONDS);
    if (!failed.isEmpty() || nanos.size() < all)
      throw new IllegalStateException(
          "posts failed: " + failed + ", " + (all - nanos.size()) + " were not answered");
    long[] sorted = nanos.stream().mapToLong(n -> n).sorted().toArray();
    return new Latency(
        sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6, refused.get());
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
                .put("body", text + drawn()))
        .map(answer -> answer.statusCode());
  }
}
