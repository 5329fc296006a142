package afterword.rehearse;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.Service;
import afterword.config.Config;
import afterword.config.Setting;
import afterword.db.StreamingPair;
import afterword.journeys.RunningService;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to a streaming standby in its life, while two processes are read and written. */
class ReplicaRehearsalIT {
  private static final String API = "/api/v1/sites/blog/";
  private static final int READ_EVERY_MILLIS = 10;
  private static final int WRITES_EVERY = 10;
  private static final int A_WHILE = 150;
  private static final SiteSettings OPEN =
      new SiteSettings(
          Mode.OPEN, 1, 9, List.of(), true, Limits.TEXT, 6, 900, 1_000_000, 1, 1_000_000);

  private final StreamingPair databases = new StreamingPair();
  private final Vertx vertx = Vertx.vertx();
  private final WebClient client = WebClient.create(vertx);
  private final List<Service> processes = new ArrayList<>();
  private final AtomicLong number = new AtomicLong();
  private final AtomicLong under = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final Map<String, Long> failures = new ConcurrentSkipListMap<>();
  private volatile Optional<SocketAddress> standby = present();

  @AfterEach
  void stop() {
    processes.forEach(process -> await(process.stop()));
    await(vertx.close());
    databases.close();
  }

  @Test
  void nobody_notices_a_replica_that_lags_stops_and_comes_back() throws Exception {
    int forwarded = await(new Forwarding(vertx, () -> standby).listen());
    String address = databases.standbyUrl().replaceFirst(":\\d+/", ":" + forwarded + "/");
    RunningService.addBlog(start(address), OPEN);
    start(address);
    long timer = vertx.setPeriodic(READ_EVERY_MILLIS, fired -> ask());
    aWhile();
    isReadAgain();

    databases.pause();
    aWhile();
    databases.resume();
    eventually("it caught up", databases::hasCaughtUp);
    isReadAgain();

    standby = Optional.empty();
    databases.stopStandby();
    aWhile();
    databases.startStandby();
    standby = present();
    eventually("it caught up after its stop", databases::hasCaughtUp);
    isReadAgain();

    vertx.cancelTimer(timer);
    eventually("all were answered", () -> under.get() == 0);
    assertEquals(new TreeMap<>(), new TreeMap<>(failures));
    assertEquals(
        Integer.toString(acknowledged.size()),
        databases.primary().ask("select count(*) from comment"));
  }

  private Optional<SocketAddress> present() {
    int port = Integer.parseInt(databases.standbyUrl().replaceAll(".*:(\\d+)/.*", "$1"));
    return Optional.of(SocketAddress.inetSocketAddress(port, "127.0.0.1"));
  }

  private Service start(String readUrl) {
    Config config =
        databases.primary().config("--drain-seconds=0").with(Setting.DATABASE_READ_URL, readUrl);
    Service started = RunningService.start(vertx, config, Clock.systemUTC());
    processes.add(started);
    return started;
  }

  /** As long as so many reads take; each is of another size, so that no cache holds it for long. */
  private void aWhile() {
    long enough = read.get() + A_WHILE;
    eventually("readers read on", () -> read.get() >= enough);
  }

  private void isReadAgain() {
    long before = databases.readsOfStandby();
    eventually("the replica is read", () -> databases.readsOfStandby() > before);
  }

  private void ask() {
    long n = number.incrementAndGet();
    under.incrementAndGet();
    int port = processes.get((int) (n % processes.size())).httpPort();
    if (n % WRITES_EVERY == 0) write(port);
    else read(port, n);
  }

  private void read(int port, long n) {
    client
        .get(port, "127.0.0.1", API + "thread?page=talks&limit=" + (1 + n % 50))
        .send()
        .onComplete(
            answer -> {
              under.decrementAndGet();
              read.incrementAndGet();
              note("read", answer.succeeded() ? answer.result().statusCode() : 0, 200);
            });
  }

  private void write(int port) {
    String text = "Rehearsed " + UUID.randomUUID();
    client
        .post(port, "127.0.0.1", API + "comments")
        .putHeader("Origin", RunningService.ORIGIN)
        .putHeader("Idempotency-Key", UUID.randomUUID().toString())
        .sendJsonObject(
            RunningService.comment(text)
                .put(
                    "page",
                    new JsonObject()
                        .put("key", "talks")
                        .put("url", RunningService.ORIGIN + "/talks")))
        .onComplete(
            answer -> {
              under.decrementAndGet();
              int status = answer.succeeded() ? answer.result().statusCode() : 0;
              if (status == 201) acknowledged.add(text);
              note("write", status, 201);
            });
  }

  private void note(String what, int status, int expected) {
    if (status != expected) failures.merge(what + " " + status, 1L, Long::sum);
  }
}
