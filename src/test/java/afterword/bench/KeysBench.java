package afterword.bench;

import afterword.db.TestDatabase;
import io.vertx.core.Vertx;

/**
 * Somebody asks for pages and sites that nobody knows, each for another one: does the memory of the
 * service grow? It is looked at when what is bounded is full, and at the end.
 */
final class KeysBench implements Benchmark {
  private static final int CONNECTIONS = 16;

  @Override
  public void measure(Run run) throws Exception {
    int keys = run.scale.of(3_000, 300_000, 1_000_000);
    int filling = run.scale.of(1_000, 100_000, 100_000);
    TestDatabase database = TestDatabase.fresh();
    database.run(
        "insert into site (key, name, origins) values ('blog', 'Blog', '{https://blog.example}')");
    Vertx vertx = Vertx.vertx();
    try (var service = ServiceProcess.start(database, "--connections-per-address=1000")) {
      ask(
          run,
          vertx,
          service,
          filling,
          keys,
          200,
          "pages",
          "/api/v1/sites/blog/thread?page=nowhere-");
      ask(
          run,
          vertx,
          service,
          filling,
          keys,
          404,
          "sites",
          "/api/v1/sites/nowhere-%d/thread?page=a");
    } finally {
      vertx.close().await();
    }
  }

  private static void ask(
      Run run,
      Vertx vertx,
      ServiceProcess service,
      int filling,
      int keys,
      int status,
      String what,
      String path)
      throws Exception {
    run.say("%,d unknown %s", keys, what);
    Load.ask(vertx, service.port(), CONNECTIONS, filling, status, n -> request(path, n));
    long full = service.heapBytes();
    Load.ask(
        vertx,
        service.port(),
        CONNECTIONS,
        keys - filling,
        status,
        n -> request(path, filling + n));
    long end = service.heapBytes();
    run.figure("heap_mb_when_full_" + what, full / 1e6, "MB", Goal.stated());
    run.figure("heap_mb_at_the_end_" + what, end / 1e6, "MB", Goal.stated());
    run.figure("growth_" + what, (double) end / full, "ratio", Goal.atMost(1.2));
  }

  private static String request(String path, long number) {
    String asked = path.contains("%d") ? path.formatted(number) : path + number;
    return "GET " + asked + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }
}
