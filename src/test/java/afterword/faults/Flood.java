package afterword.faults;

import afterword.faults.Journal.Answer;
import afterword.faults.Journal.Post;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * More posts than anybody can take, at a steady rate whatever the answers do. Who is refused tries
 * the same post again, as people do.
 */
final class Flood implements AutoCloseable {
  private static final int CONNECTIONS = 4_096;
  private static final int AT_ONCE = 200;
  private static final int ANSWERED_WITHIN_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx();
  private final WebClient client = WebClient.create(vertx, new WebClientOptions(), pool());
  private final int port;
  private final Journal journal;
  private final Queue<Post> ready = new ConcurrentLinkedQueue<>();

  Flood(int port, Journal journal) {
    this.port = port;
    this.journal = journal;
  }

  private static PoolOptions pool() {
    return new PoolOptions().setHttp1MaxSize(CONNECTIONS);
  }

  /**
   * @param perSecond that were taken
   * @param refusedP99Millis from when a post was due to the answer that it will not be taken
   * @param ended when the last one was sent
   */
  record Outcome(
      double perSecond,
      double offeredPerSecond,
      Map<Integer, Integer> statuses,
      double refusedP99Millis,
      long ended) {}

  /** What comes of one go. */
  private final class Go {
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    private final Queue<Long> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final long begin = System.nanoTime();

    Future<Void> send(long due) {
      open.incrementAndGet();
      Post post = next();
      return Flood.this
          .send(post)
          .compose(answer -> taken(post, answer, due))
          .onComplete(noted -> open.decrementAndGet());
    }

    private Future<Void> taken(Post post, Answer answer, long due) {
      statuses.computeIfAbsent(answer.status(), status -> new AtomicInteger()).incrementAndGet();
      if (answer.status() == 429 || answer.status() == 503) {
        refused.add(System.nanoTime() - due);
        ready.add(post);
        return Future.succeededFuture();
      }
      return vertx.executeBlocking(
          () -> {
            journal.answered(post, answer);
            return null;
          },
          false);
    }

    Outcome end(double seconds) throws InterruptedException {
      long ended = System.nanoTime();
      Stage.until("the flood is answered", ANSWERED_WITHIN_SECONDS, () -> open.get() == 0);
      var counts = new TreeMap<Integer, Integer>();
      statuses.forEach((status, count) -> counts.put(status, count.get()));
      double taken = counts.getOrDefault(201, 0) + counts.getOrDefault(202, 0);
      double all = counts.values().stream().mapToInt(Integer::intValue).sum();
      long[] slowest = refused.stream().mapToLong(nanos -> nanos).sorted().toArray();
      double p99 = slowest.length == 0 ? 0 : slowest[slowest.length * 99 / 100] / 1e6;
      return new Outcome(taken / seconds, all / seconds, counts, p99, ended);
    }
  }

  /** As many as it can take: so many at once, each the next when there is an answer. */
  Outcome most(int clients, int seconds) throws InterruptedException {
    var go = new Go();
    long end = go.begin + TimeUnit.SECONDS.toNanos(seconds);
    for (int i = 0; i < clients; i++) goOn(go, end);
    Thread.sleep(seconds * 1_000L);
    return go.end(seconds);
  }

  private void goOn(Go go, long end) {
    long now = System.nanoTime();
    if (now < end) go.send(now).onComplete(answered -> goOn(go, end));
  }

  /** So many a second. */
  Outcome offer(double perSecond, int seconds) throws InterruptedException {
    var go = new Go();
    long all = (long) (perSecond * seconds);
    for (long sent = 0; sent < all; sent++) {
      long due = go.begin + (long) (sent * 1e9 / perSecond);
      while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
      go.send(due);
    }
    return go.end(seconds);
  }

  /** One that was refused, or a new one, which is in the journal before anybody sends it. */
  private Post next() {
    Post again = ready.poll();
    if (again != null) return again;
    var more = Stream.generate(Flood::post).limit(AT_ONCE).toList();
    journal.sent(more);
    ready.addAll(more.subList(1, more.size()));
    return more.get(0);
  }

  private static Post post() {
    String text = "shown0x flood " + UUID.randomUUID();
    return new Post(UUID.randomUUID().toString(), "page-1", null, text);
  }

  private Future<Answer> send(Post post) {
    return client
        .post(port, "127.0.0.1", "/api/v1/sites/blog/comments")
        .putHeader("Origin", Writer.ORIGIN)
        .putHeader("Idempotency-Key", post.key())
        .sendJsonObject(Writer.body(post))
        .map(
            answer ->
                answer.statusCode() == 201 || answer.statusCode() == 202
                    ? Answer.acknowledged(answer.statusCode(), answer.bodyAsJsonObject())
                    : new Answer(answer.statusCode(), null, null))
        .otherwise(new Answer(0, null, null));
  }

  @Override
  public void close() throws Exception {
    client.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }
}
