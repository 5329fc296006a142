package afterword.faults;

import afterword.bench.LiveHeap;
import afterword.bench.Scale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What clients do. */
final class ClientPlays {
  private static final String THREAD = "/api/v1/sites/blog/thread?page=page-1";
  private static final int AT_PEAK = 32;
  private static final int TIMES = 10;

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
   * a minute. What it takes stays near the peak, the rest is refused quickly, it recovers, and in
   * the end it holds no more memory than at the beginning.
   */
  static Row overload(String name, Scale scale) throws Exception {
    int seconds = scale.of(3, 20, 60);
    try (var stage = new Stage(Stage.Plan.ONE);
        var flood = new Flood(stage.services.get(0).port(), stage.journal)) {
      stage.begin(2, 20);
      flood.most(AT_PEAK, scale.of(2, 8, 10));
      Flood.Outcome peak = flood.most(AT_PEAK, scale.of(2, 8, 10));
      flood.offer(TIMES * peak.perSecond(), seconds / 3);
      double heap = LiveHeap.bytes(stage.services.get(0).pid()) / 1e6;
      Flood.Outcome over = flood.offer(TIMES * peak.perSecond(), seconds);
      double recovery = stage.untilQuiet(over.ended());
      double after = LiveHeap.bytes(stage.services.get(0).pid()) / 1e6;
      double share = over.perSecond() / peak.perSecond();
      String words =
          "peak %,.0f/s, offered %.1f ×, goodput %.2f of it (≥ 0.9), answers %s, p99 of refusals %,.0f ms (≤ 1,000), heap %.1f → %.1f MB (≤ 1.05 ×)"
              .formatted(
                  peak.perSecond(),
                  over.offeredPerSecond() / peak.perSecond(),
                  share,
                  over.statuses(),
                  over.refusedP99Millis(),
                  heap,
                  after);
      boolean polite =
          List.of(201, 202, 429, 503).containsAll(over.statuses().keySet())
              && over.refusedP99Millis() <= 1_000;
      boolean holds = share >= 0.9 && polite && recovery <= 5 && after <= 1.05 * heap;
      return stage.row(name, 1, recovery, new Row.Limit(words, holds));
    }
  }
}
