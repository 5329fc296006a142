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

  private final long most;
  private final int status;

  private Load(Vertx vertx, int port, long most, int status, LongFunction<String> request) {
    this.vertx = vertx;
    this.port = port;
    this.most = most;
    this.status = status;
    this.request = request;
  }

  /**
   * Asks so often, however long that takes.
   *
   * @param status of every answer that is not "try again in a moment"
   */
  static Answer ask(
      Vertx vertx, int port, int connections, long most, int status, LongFunction<String> request)
      throws Exception {
    return new Load(vertx, port, most, status, request).run(connections, Long.MAX_VALUE);
  }

  /**
   * @param request the head of the request of that number, up to its empty line
   */
  static Answer run(
      Vertx vertx, int port, int connections, double seconds, LongFunction<String> request)
      throws Exception {
    long nanos = (long) (seconds * 1e9);
    return new Load(vertx, port, Long.MAX_VALUE, 200, request).run(connections, nanos);
  }

  private Answer run(int connections, long mostNanos) throws Exception {
    List<Promise<Void>> done =
        java.util.stream.IntStream.range(0, connections)
            .mapToObj(i -> Promise.<Void>promise())
            .toList();
    long begin = System.nanoTime();
    long end = mostNanos == Long.MAX_VALUE ? Long.MAX_VALUE : begin + mostNanos;
    var client = vertx.createNetClient();
    for (Promise<Void> one : done)
      client
          .connect(port, "127.0.0.1")
          .onFailure(one::tryFail)
          .onSuccess(socket -> new Connection(socket, end, one).send());
    for (Promise<Void> one : done)
      one.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.MINUTES);
    double took = (System.nanoTime() - begin) / 1e9;
    client.close();
    long[] all = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    if (all.length == 0) throw new IllegalStateException("no answer");
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
      if (now < end && number.get() < most) send();
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
      boolean busy = most < Long.MAX_VALUE && head.startsWith("HTTP/1.1 503");
      if (!busy && !head.startsWith("HTTP/1.1 " + status)) done.tryFail(head.split("\r\n")[0]);
      int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
      int length = Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
      return empty + 4 + length;
    }
  }
}
