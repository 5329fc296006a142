package afterword.faults;

import afterword.bench.Scale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What clients do. */
final class ClientPlays {
  private static final String THREAD = "/api/v1/sites/blog/thread?page=page-1";

  private ClientPlays() {}

  /**
   * Some send their request a byte a second, others ask and never read; a fresh client must not
   * notice. What is measured is the share of a percent that is slowest, in turn with and without.
   */
  static Row slow(String name, Scale scale) throws Exception {
    int dripping = scale.of(200, 5_000, 5_000);
    int silent = scale.of(50, 1_000, 1_000);
    int asked = scale.of(100, 500, 2_000);
    try (var stage = new Stage(Stage.Plan.ONE)) {
      stage.begin(2, 20);
      int port = stage.services.get(0).port();
      freshP99(port, asked / 2);
      double before = freshP99(port, asked);
      try (var crowd = new SlowClients(stage.vertx, port)) {
        crowd.come(dripping, silent, THREAD);
        double during = freshP99(port, asked);
        int open = crowd.open();
        double ratio = during / before;
        crowd.close();
        double recovery = stage.untilQuiet(System.nanoTime());
        return stage.row(
            name,
            dripping + silent,
            recovery,
            new Row.Limit(
                "p99 of a fresh client %.1f → %.1f ms: %.2f × (≤ 2), %,d slow ones open"
                    .formatted(before, during, ratio, open),
                ratio <= 2));
      }
    }
  }

  /** Of new connections, one at a time. */
  private static double freshP99(int port, int times) throws Exception {
    var nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      try (var socket = new java.net.Socket("127.0.0.1", port)) {
        socket.setSoTimeout(10_000);
        socket
            .getOutputStream()
            .write(
                ("GET " + THREAD + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().readAllBytes().length == 0) throw new IOException("no answer");
      }
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    return nanos[times * 99 / 100] / 1e6;
  }

  /**
   * First as many posts as it can take, to know its peak; then ten times that many are offered for
   * a minute. What it takes stays near the peak, the rest is refused quickly, and it recovers.
   */
  static Row overload(String name, Scale scale) throws Exception {
    int seconds = scale.of(3, 20, 60);
    try (var stage = new Stage(Stage.Plan.ONE)) {
      stage.begin(2, 20);
      var flood = new Flood(stage);
      flood.offer(32, scale.of(2, 8, 10));
      Flood.Outcome peak = flood.offer(32, scale.of(2, 8, 10));
      Flood.Outcome over = flood.offer(32 * 32, seconds);
      double share = over.perSecond() / peak.perSecond();
      double recovery = stage.untilQuiet(System.nanoTime());
      String words =
          "peak %,.0f/s, offered %.1f ×, goodput %.2f of it (≥ 0.9), others %s, refused within %.0f ms"
              .formatted(
                  peak.perSecond(),
                  over.offeredPerSecond() / peak.perSecond(),
                  share,
                  over.statuses(),
                  over.refusedP99Millis());
      boolean polite = List.of(201, 202, 429, 503).containsAll(over.statuses().keySet());
      return stage.row(
          name, 1, recovery, new Row.Limit(words, share >= 0.9 && polite && recovery <= 5));
    }
  }

  /** Posts from many connections at once, each sending its next one when it has its answer. */
  private static final class Flood {
    private final Stage stage;

    Flood(Stage stage) {
      this.stage = stage;
    }

    record Outcome(
        double perSecond,
        double offeredPerSecond,
        Map<Integer, Integer> statuses,
        double refusedP99Millis) {}

    Outcome offer(int clients, int seconds) throws Exception {
      var over = new AtomicBoolean();
      var statuses = new ConcurrentHashMap<Integer, AtomicInteger>();
      var refused = new ConcurrentLinkedQueue<Long>();
      var workers = Executors.newFixedThreadPool(clients);
      for (int i = 0; i < clients; i++)
        workers.submit(
            () -> {
              while (!over.get()) {
                var post =
                    new Journal.Post(
                        UUID.randomUUID().toString(),
                        "page-1",
                        null,
                        "shown0x flood " + UUID.randomUUID());
                stage.journal.sent(post);
                long begin = System.nanoTime();
                Journal.Answer answer = stage.writer.send(post);
                if (answer.status() == 429 || answer.status() == 503)
                  refused.add(System.nanoTime() - begin);
                stage.journal.answered(post, answer);
                statuses
                    .computeIfAbsent(answer.status(), status -> new AtomicInteger())
                    .incrementAndGet();
              }
            });
      long begin = System.nanoTime();
      Thread.sleep(seconds * 1_000L);
      over.set(true);
      workers.shutdown();
      workers.awaitTermination(30, TimeUnit.SECONDS);
      double took = (System.nanoTime() - begin) / 1e9;
      var counts = new TreeMap<Integer, Integer>();
      statuses.forEach((status, count) -> counts.put(status, count.get()));
      double taken = counts.getOrDefault(201, 0) + counts.getOrDefault(202, 0);
      double all = counts.values().stream().mapToInt(Integer::intValue).sum();
      long[] slowest = refused.stream().mapToLong(nanos -> nanos).sorted().toArray();
      return new Outcome(
          taken / took,
          all / took,
          counts,
          slowest.length == 0 ? 0 : slowest[slowest.length * 99 / 100] / 1e6);
    }
  }
}
