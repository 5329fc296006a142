package afterword.bench;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Asks an HTTP server on loopback over and over: each connection sends its next request when the
 * answer to the one before is there. For where there is no wrk, and for requests that differ.
 */
final class Load {
  /** Per second, and how long an answer took. */
  record Answer(double perSecond, double p50Millis, double p99Millis) {}

  private final Vertx vertx;
  private final int port;
  private final LongFunction<String> request;
  private final java.util.concurrent.atomic.AtomicLong number =
      new java.util.concurrent.atomic.AtomicLong();
  private final ConcurrentLinkedQueue<long[]> nanos = new ConcurrentLinkedQueue<>();

  private Load(Vertx vertx, int port, LongFunction<String> request) {
    this.vertx = vertx;
    this.port = port;
    this.request = request;
  }

  /**
   * @param request the head of the request of that number, up to its empty line
   */
  static Answer run(
      Vertx vertx, int port, int connections, double seconds, LongFunction<String> request)
      throws Exception {
    var load = new Load(vertx, port, request);
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Promise<Void>> done =
        java.util.stream.IntStream.range(0, connections)
            .mapToObj(i -> Promise.<Void>promise())
            .toList();
    long begin = System.nanoTime();
    var client = vertx.createNetClient();
    for (Promise<Void> one : done)
      client
          .connect(port, "127.0.0.1")
          .onFailure(one::tryFail)
          .onSuccess(socket -> load.new Connection(socket, end, one).send());
    for (Promise<Void> one : done)
      one.future().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    double took = (System.nanoTime() - begin) / 1e9;
    client.close();
    long[] all = load.nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    if (all.length == 0) throw new IllegalStateException("no answer within " + seconds + " s");
    return new Answer(
        all.length / took, all[all.length / 2] / 1e6, all[all.length * 99 / 100] / 1e6);
  }

  private final class Connection {
    private final NetSocket socket;
    private final long end;
    private final Promise<Void> done;
    private long[] times = new long[1_024];
    private int count;
    private long sentAt;
    private Buffer got = Buffer.buffer();

    Connection(NetSocket socket, long end, Promise<Void> done) {
      this.socket = socket;
      this.end = end;
      this.done = done;
      socket.handler(this::received);
      socket.exceptionHandler(done::tryFail);
      socket.closeHandler(closed -> done.tryFail("the server closed the connection"));
    }

    void send() {
      sentAt = System.nanoTime();
      socket.write(request.apply(number.getAndIncrement()));
    }

    private void received(Buffer more) {
      got.appendBuffer(more);
      int length = lengthOf(got);
      if (length < 0 || got.length() < length) return;
      got = Buffer.buffer();
      long now = System.nanoTime();
      if (count == times.length) times = Arrays.copyOf(times, 2 * count);
      times[count++] = now - sentAt;
      if (now < end) send();
      else finish();
    }

    private void finish() {
      nanos.add(Arrays.copyOf(times, count));
      done.tryComplete();
      socket.close();
    }

    /** Of head and body, or -1 while the head is not there. */
    private int lengthOf(Buffer bytes) {
      String head = bytes.getString(0, Math.min(bytes.length(), 2_048), "ISO-8859-1");
      int empty = head.indexOf("\r\n\r\n");
      if (empty < 0) return -1;
      if (head.startsWith("HTTP/1.1 304")) return empty + 4;
      if (!head.startsWith("HTTP/1.1 200")) done.tryFail(head.split("\r\n")[0]);
      int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
      int length = Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
      return empty + 4 + length;
    }
  }
}
