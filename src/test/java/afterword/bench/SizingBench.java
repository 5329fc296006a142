package afterword.bench;

import afterword.Service;
import afterword.db.Database;
import afterword.journeys.RunningService;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a pod of each size does: start, memory at rest and under load, and how much one second of a
 * processor is good for. The generator and the database share the processors, so that what is done
 * in a second of the clock is less than a pod that has them to itself would do.
 */
final class SizingBench implements Benchmark {
  private static final List<Integer> MEGABYTES = List.of(256, 512, 1_024);
  private static final String THREAD = "/api/v1/sites/blog/thread?page=page-1";

  @Override
  public void measure(Run run) throws Exception {
    Wrk.require();
    List<String> command = command(run);
    try (var database = BenchDatabase.open(run)) {
      int connections = open(database);
      run.figure("connections", connections, "count", Goal.stated());
      run.figure("processors", Runtime.getRuntime().availableProcessors(), "count", Goal.stated());
      List<Integer> sizes = run.scale == Scale.SMOKE ? MEGABYTES.subList(0, 1) : MEGABYTES;
      for (int megabytes : sizes) size(run, command, megabytes, database.postgres().serviceUrl());
    }
  }

  @Override
  public Path document() {
    return Path.of("docs/operate/production.md");
  }

  @Override
  public List<String> markdown(Run run) {
    var lines = new ArrayList<String>();
    lines.add(
        "| memory limit | ready after | idle | most under load | reads/s | reads per s of a processor | posts/s | posts per s of a processor |");
    lines.add("|---|---|---|---|---|---|---|---|");
    for (int size : MEGABYTES)
      lines.add(
          "| %,d MiB | %s s | %s MB | %s MB | %s | %s | %s | %s |"
              .formatted(
                  size,
                  run.shown("ready_" + size + "_s"),
                  run.shown("idle_" + size + "_mb"),
                  run.shown("loaded_" + size + "_mb"),
                  run.shown("reads_" + size),
                  run.shown("reads_per_processor_" + size),
                  run.shown("posts_" + size),
                  run.shown("posts_per_processor_" + size)));
    lines.add("");
    lines.add(
        "Database connections of one process on %s processors: at most %s."
            .formatted(run.shown("processors"), run.shown("connections")));
    return lines;
  }

  private static List<String> command(Run run) throws IOException {
    Path app = Packaged.app(run);
    if (Packaged.isThere(app)) return Packaged.ofImage(app);
    if (run.scale == Scale.FULL)
      throw new IllegalStateException("there is no " + app + ": make it with bin/image");
    run.say("without an image (bin/image) it is this checkout");
    return Packaged.ofCheckout();
  }

  /** A site where nobody is held, and a thread; gives how many connections a process may open. */
  private static int open(BenchDatabase database) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Service service =
          RunningService.await(Service.start(vertx, database.config(), Clock.systemUTC()));
      RunningService.addBlog(service, PostBench.OPEN);
      PacedPosts.run(service.httpPort(), 50, 4, "A thread to be read. ");
      int connections = Database.connectionsOf(service.config());
      RunningService.await(service.stop());
      return connections;
    } finally {
      RunningService.await(vertx.close());
    }
  }

  private static void size(Run run, List<String> command, int megabytes, String databaseUrl)
      throws Exception {
    run.say("%,d MiB", megabytes);
    double seconds = run.scale.of(1, 5, 15);
    List<String> flags = List.of("--connections-per-address=10000", "--log-level=error");
    try (var service = Packaged.start(command, megabytes, databaseUrl, flags)) {
      run.figure("ready_" + megabytes + "_s", service.readySeconds(), "s", Goal.stated());
      TimeUnit.SECONDS.sleep(run.scale.of(0, 8, 10));
      run.figure("idle_" + megabytes + "_mb", service.residentMegabytes(), "MB", Goal.stated());
      rate(run, "posts", megabytes, service, "", PostBench.LUA, seconds);
      rate(run, "reads", megabytes, service, THREAD, "", seconds);
      run.figure("loaded_" + megabytes + "_mb", service.peakMegabytes(), "MB", Goal.stated());
    }
  }

  /** Once to warm up, once to count. */
  private static void rate(
      Run run,
      String what,
      int megabytes,
      Packaged service,
      String path,
      String lua,
      double seconds)
      throws Exception {
    String url = "http://127.0.0.1:" + service.port() + path;
    int connections = run.scale.of(1, 32, 32);
    List<String> headers = path.isEmpty() ? List.of() : List.of("Accept-Encoding: gzip");
    Wrk.run(url, connections, seconds, headers, lua);
    double before = service.processorSeconds();
    double perSecond = Wrk.run(url, connections, seconds, headers, lua).perSecond();
    double taken = service.processorSeconds() - before;
    run.figure(what + "_" + megabytes, perSecond, "per s", Goal.stated());
    run.figure(
        what + "_per_processor_" + megabytes,
        perSecond * Math.max(1, Math.round(seconds)) / Math.max(taken, 0.01),
        "per s",
        Goal.stated());
  }
}
