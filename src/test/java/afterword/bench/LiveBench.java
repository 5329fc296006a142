package afterword.bench;

import afterword.db.Database;
import afterword.db.TestDatabase;
import afterword.events.EventStore;
import afterword.journeys.RunningService;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import afterword.site.SiteAdmin;
import afterword.site.SiteStore;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many readers of live streams on one process of its own: is every comment told to each of them
 * once and in order, also to those who leave and come back, and what does one cost?
 */
final class LiveBench implements Benchmark {
  private static final SiteSettings OPEN =
      new SiteSettings(
          Mode.OPEN, 1, 9, List.of(), true, Limits.TEXT, 6, 900, 1_000_000, 1, 1_000_000);
  private static final int POSTERS = 10;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger people = new AtomicInteger();
  private int port;
  private ServiceProcess service;

  @Override
  public void measure(Run run) throws Exception {
    int readers = run.scale.of(100, 1_000, 5_000);
    int comments = run.scale.of(200, 2_000, 10_000);
    int reconnects = run.scale.of(20, 200, 1_000);
    int pages = run.scale.of(10, 50, 50);
    TestDatabase database = TestDatabase.fresh();
    addSite(database);
    service =
        ServiceProcess.start(
            database,
            "--connections-per-address=" + 3 * readers,
            "--live-streams=" + 2 * readers,
            "--trusted-proxies=127.0.0.0/8");
    port = service.port();
    try (var crowd = new LiveCrowd(port, pages)) {
      var last = new int[pages];
      post(last, 2 * pages, () -> {}); // warm, and every page is known
      run.say("%,d readers come to %d pages", readers, pages);
      ServiceProcess.Memory before = service.memory();
      crowd.come(readers, 2);
      await("everybody has come", () -> crowd.begun.get() == readers);
      ServiceProcess.Memory after = service.memory();
      run.say("  streams the service counts: %,.0f", service.metric("afterword_live_streams"));
      run.say("%,d comments, %,d of the readers leave and come back", comments, reconnects);
      long began = System.nanoTime();
      var posted = new AtomicInteger();
      post(
          last,
          comments,
          () -> {
            int every = Math.max(1, comments / reconnects);
            if (posted.incrementAndGet() % every == 0) crowd.reconnect(1);
          });
      await("everybody has been told", () -> crowd.behind(last) == 0);
      double seconds = (System.nanoTime() - began) / 1e9;
      run.say(
          "  told %,d times in %.1f s, %,d came back, %,d reloads, %,d broke off",
          crowd.told.sum(),
          seconds,
          crowd.reconnects.get(),
          crowd.reloads.sum(),
          crowd.brokeOff.sum());
      run.figure("events_lost", crowd.lost.sum(), "events", Goal.exactly(0));
      run.figure("events_doubled", crowd.doubled.sum(), "events", Goal.exactly(0));
      run.figure("reloads", crowd.reloads.sum(), "events", Goal.stated());
      run.figure("reconnects", crowd.reconnects.get(), "readers", Goal.stated());
      run.figure("told_per_second", crowd.told.sum() / seconds, "events/s", Goal.stated());
      run.figure(
          "bytes_per_subscriber",
          (double) (after.used() - before.used()) / readers,
          "bytes",
          Goal.atMost(32 * 1024));
      run.figure(
          "resident_per_subscriber",
          (double) (after.resident() - before.resident()) / readers,
          "bytes",
          Goal.stated());
      if (run.scale == Scale.SMOKE) return; // LiveIT has it
      run.say("One more never reads");
      run.figure("never_reads_dropped", neverReads(), "streams", Goal.exactly(1));
    } finally {
      service.close();
    }
  }

  /** Comments on each page are posted one after the other, so their order is known. */
  private void post(int[] pageToLast, int count, Runnable afterEach) throws Exception {
    var posters = Executors.newFixedThreadPool(POSTERS);
    var work = new ArrayList<Future<Void>>();
    int each = count / pageToLast.length;
    for (int poster = 0; poster < POSTERS; poster++) {
      int first = poster;
      work.add(
          posters.submit(
              () -> {
                for (int n = 0; n < each; n++) {
                  for (int page = first; page < pageToLast.length; page += POSTERS) {
                    pageToLast[page]++;
                    post("p" + page, "This is number %d of %d.".formatted(pageToLast[page], page));
                    afterEach.run();
                  }
                }
                return null;
              }));
    }
    for (Future<Void> one : work) one.get();
    posters.shutdown();
  }

  private double neverReads() throws Exception {
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket
          .getOutputStream()
          .write(
              "GET /api/v1/sites/blog/live?page=deaf HTTP/1.1\r\nHost: x\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String text = "🙂".repeat(9_000);
      for (int i = 0; i < 500 && service.metric("afterword_live_dropped_total") == 0; i++)
        post("deaf", text + i);
      return service.metric("afterword_live_dropped_total");
    }
  }

  private void post(String page, String text) throws Exception {
    int person = people.incrementAndGet();
    JsonObject body =
        RunningService.comment(text)
            .put(
                "page",
                new JsonObject().put("key", page).put("url", RunningService.ORIGIN + "/" + page));
    var request =
        HttpRequest.newBuilder(service.address("/api/v1/sites/blog/comments"))
            .header("Origin", RunningService.ORIGIN)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .header("X-Forwarded-For", "198.19." + person / 250 % 250 + "." + (1 + person % 250))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201)
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
  }

  private static void addSite(TestDatabase database) {
    Vertx vertx = Vertx.vertx();
    Database opened = database.open(vertx);
    new SiteAdmin(opened, new SiteStore(opened), new EventStore(), Clock.systemUTC())
        .add("blog", "Blog", List.of(RunningService.ORIGIN), OPEN)
        .await();
    vertx.close().await();
  }

  private static void await(String what, java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    ServiceProcess.await(what, condition);
  }
}
