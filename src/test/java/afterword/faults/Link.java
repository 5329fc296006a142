package afterword.faults;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * The network between the services and their database, in this process: one address that stays the
 * same, and that can be cut, slow, lossy or silent.
 */
final class Link implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Vertx vertx;
  private final NetClient client;
  private final IntSupplier port;
  private final NetServer server;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();

  private volatile boolean silent;
  private volatile int delayMillis;
  private volatile int lastDelayMillis;
  private volatile double lossShare;
  private volatile double dropAnswerShare;
  private volatile Cut cut;
  private final AtomicInteger harm = new AtomicInteger();

  /**
   * @param port of the database at this moment
   */
  Link(Vertx vertx, IntSupplier port) {
    this.vertx = vertx;
    this.port = port;
    this.client = vertx.createNetClient();
    this.server =
        vertx.createNetServer().connectHandler(this::connect).listen(0, "127.0.0.1").await();
  }

  int port() {
    return server.actualPort();
  }

  /** How often it did harm since it was last asked. */
  int takeHarm() {
    return harm.getAndSet(0);
  }

  /** Connections stay open and say nothing, new ones too: a black hole. */
  void silent(boolean silent) {
    this.silent = silent;
    // What was swallowed is gone for good: nobody can go on with such a stream.
    if (!silent) pairs.forEach(Pair::close);
  }

  /** Each piece of data arrives so much later. */
  void delay(int millis) {
    delayMillis = millis;
    if (millis > 0) lastDelayMillis = millis;
  }

  /**
   * So many of the pieces of data end their connection, as a network that loses everything does.
   */
  void lose(double share) {
    lossShare = share;
  }

  /** Of so many inserts the database's answer is dropped, and the connection with it. */
  void dropAnswers(double share) {
    dropAnswerShare = share;
  }

  /**
   * Ends the connection after so many bytes, counted both ways, of the conversation in which that
   * word is said; a new conversation on another connection goes on counting.
   */
  Cut cutAfter(int bytes, String word) {
    cut = new Cut(bytes, word.getBytes(StandardCharsets.UTF_8));
    return cut;
  }

  void mend() {
    if (silent) silent(false);
    delayMillis = 0;
    lossShare = 0;
    dropAnswerShare = 0;
    cut = null;
  }

  /** One cut; where the conversation is shorter than it, only its length is known. */
  static final class Cut {
    private final int after;
    private final byte[] word;
    private int passed;
    private boolean done;

    private Cut(int after, byte[] word) {
      this.after = after;
      this.word = word;
    }

    synchronized boolean done() {
      return done;
    }

    synchronized int passed() {
      return passed;
    }

    /** How much of that piece may pass, all of it unless this is where the cut is. */
    private synchronized int pass(int length) {
      if (done || passed + length <= after) {
        passed += length;
        return length;
      }
      int rest = after - passed;
      passed = after;
      done = true;
      return rest;
    }
  }

  private void connect(NetSocket incoming) {
    incoming.pause();
    client
        .connect(port.getAsInt(), "127.0.0.1")
        .onSuccess(outgoing -> new Pair(incoming, outgoing).open())
        .onFailure(away -> incoming.close());
  }

  private final class Pair {
    private final NetSocket service;
    private final NetSocket database;
    private Cut spoken;
    private boolean dropsAnswer;
    private final AtomicInteger lateQuestions = new AtomicInteger();
    private final AtomicInteger lateAnswers = new AtomicInteger();

    Pair(NetSocket service, NetSocket database) {
      this.service = service;
      this.database = database;
    }

    void open() {
      pairs.add(this);
      service.setWriteQueueMaxSize(BUFFER);
      database.setWriteQueueMaxSize(BUFFER);
      service.closeHandler(closed -> close()).exceptionHandler(broken -> close());
      database.closeHandler(closed -> close()).exceptionHandler(broken -> close());
      service.handler(this::ask);
      database.handler(this::answer);
      service.resume();
    }

    void close() {
      pairs.remove(this);
      service.close();
      database.close();
    }

    private void ask(Buffer data) {
      Cut now = cut;
      if (now != null && spoken != now && contains(data, now.word)) spoken = now;
      if (dropAnswerShare > 0
          && contains(data, Writer.MARK)
          && ThreadLocalRandom.current().nextDouble() < dropAnswerShare) dropsAnswer = true;
      forward(data, database, lateQuestions);
    }

    private void answer(Buffer data) {
      if (dropsAnswer) {
        harm.incrementAndGet();
        close();
        return;
      }
      forward(data, service, lateAnswers);
    }

    private void forward(Buffer data, NetSocket to, AtomicInteger late) {
      if (silent) return;
      if (lossShare > 0 && ThreadLocalRandom.current().nextDouble() < lossShare) {
        harm.incrementAndGet();
        close();
        return;
      }
      Cut now = cut;
      if (now != null && now == spoken) {
        int passes = now.pass(data.length());
        if (passes < data.length()) {
          harm.incrementAndGet();
          to.write(data.slice(0, passes)).onComplete(written -> close());
          return;
        }
      }
      // Nothing overtakes what is on its way, not even when the link is mended meanwhile.
      int delay = delayMillis > 0 ? delayMillis : late.get() > 0 ? lastDelayMillis : 0;
      if (delay == 0) {
        to.write(data);
        return;
      }
      late.incrementAndGet();
      vertx
          .timer(delay, TimeUnit.MILLISECONDS)
          .onSuccess(
              due -> {
                late.decrementAndGet();
                to.write(data);
              });
    }
  }

  private static boolean contains(Buffer data, byte[] word) {
    byte[] bytes = data.getBytes();
    outer:
    for (int i = 0; i + word.length <= bytes.length; i++) {
      for (int j = 0; j < word.length; j++) if (bytes[i + j] != word[j]) continue outer;
      return true;
    }
    return false;
  }

  @Override
  public void close() {
    server.close().await();
    client.close().await();
  }
}
