package afterword.bench;

import afterword.Main;
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
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

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
  private int managementPort;
  private Process service;

  @Override
  public void measure(Run run) throws Exception {
    int readers = run.scale.of(100, 1_000, 5_000);
    int comments = run.scale.of(200, 2_000, 10_000);
    int reconnects = run.scale.of(20, 200, 1_000);
    int pages = run.scale.of(10, 50, 50);
    TestDatabase database = TestDatabase.fresh();
    addSite(database);
    start(database, readers);
    try (var crowd = new LiveCrowd(port, pages)) {
      var last = new int[pages];
      post(last, 2 * pages, () -> {}); // warm, and every page is known
      run.say("%,d readers come to %d pages", readers, pages);
      Memory before = memory();
      crowd.come(readers, 2);
      await("everybody has come", () -> crowd.begun.get() == readers);
      Memory after = memory();
      run.say("  streams the service counts: %,.0f", metric("afterword_live_streams"));
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
          (double) (after.used - before.used) / readers,
          "bytes",
          Goal.atMost(32 * 1024));
      run.figure(
          "resident_per_subscriber",
          (double) (after.resident - before.resident) / readers,
          "bytes",
          Goal.stated());
      if (run.scale == Scale.SMOKE) return; // LiveIT has it
      run.say("One more never reads");
      run.figure("never_reads_dropped", neverReads(), "streams", Goal.exactly(1));
    } finally {
      service.destroy();
      if (!service.waitFor(20, TimeUnit.SECONDS)) service.destroyForcibly();
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
      for (int i = 0; i < 500 && metric("afterword_live_dropped_total") == 0; i++)
        post("deaf", text + i);
      return metric("afterword_live_dropped_total");
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
        HttpRequest.newBuilder(address(port, "/api/v1/sites/blog/comments"))
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

  /** Heap and direct buffers after a collection, and what the process takes in all. */
  private record Memory(long used, long resident) {}

  private Memory memory() throws Exception {
    for (int i = 0; i < 2; i++) collectGarbage();
    double used = metric("jvm_memory_used_bytes{area=\"heap\"");
    double direct = metric("jvm_buffer_memory_used_bytes{id=\"direct\"");
    return new Memory((long) (used + direct), resident());
  }

  private void collectGarbage() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    var command = new ProcessBuilder(jcmd.toString(), Long.toString(service.pid()), "GC.run");
    command.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectErrorStream(true);
    if (command.start().waitFor() != 0) throw new AssertionError("no garbage was collected");
  }

  private long resident() throws IOException {
    Path status = Path.of("/proc", Long.toString(service.pid()), "status");
    if (!Files.exists(status)) return 0;
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .sum();
  }

  private double metric(String start) throws Exception {
    String all =
        client
            .send(
                HttpRequest.newBuilder(address(managementPort, "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return all.lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void addSite(TestDatabase database) {
    Vertx vertx = Vertx.vertx();
    Database opened = database.open(vertx);
    new SiteAdmin(opened, new SiteStore(opened), new EventStore(), Clock.systemUTC())
        .add("blog", "Blog", List.of(RunningService.ORIGIN), OPEN)
        .await();
    vertx.close().await();
  }

  private void start(TestDatabase database, int readers) throws Exception {
    port = freePort();
    managementPort = freePort();
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("surefirebooter"))
                .collect(Collectors.joining(File.pathSeparator)),
            Main.class.getName(),
            "serve",
            "--port=" + port,
            "--management-port=" + managementPort,
            "--connections-per-address=" + 3 * readers,
            "--live-streams=" + 2 * readers,
            "--drain-seconds=0",
            "--log-level=error",
            "--trusted-proxies=127.0.0.0/8");
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("DATABASE_URL", database.url());
    builder.environment().put("AFTERWORD_SECRET", TestDatabase.SECRET);
    service = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(service::destroy));
    await("the service is ready", () -> isReady());
  }

  private boolean isReady() {
    if (!service.isAlive()) throw new AssertionError("the service did not start");
    try {
      var request = HttpRequest.newBuilder(address(managementPort, "/readyz")).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private static void await(String what, java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new AssertionError("waited 120 s until " + what);
      Thread.sleep(20);
    }
  }

  private static URI address(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
