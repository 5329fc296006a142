package afterword.bench;

import afterword.Service;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import afterword.thread.ThreadStatements;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the first page of a thread grows with the thread: asked over HTTP past the cache by one
 * client, beside pgbench running the same statement, all sizes in turn.
 */
final class SizesBench implements Benchmark {
  private static final String THREAD = "/api/v1/sites/blog/thread?page=";

  /** Three of four are replies, as in a lively thread. */
  private static final String FILL =
      """
      insert into page (site_id, id, key, first_seen_at) values (1, %1$d, 'size-%2$d', now());
      insert into comment (site_id, id, thread_id, parent_id, root_id, depth, author_name, source, html, text,
        status, shown, rules_version, fingerprint, owner_token_hash, created_at)
      select 1, %3$d + n, %1$d, case when n %% 4 > 0 then %3$d + n - n %% 4 end, %3$d + n - n %% 4,
        least(n %% 4, 1), 'Ada', 'What was said, ' || n, '<p>What was said, ' || n || '</p>',
        'What was said, ' || n, 'published', true, 1, '', '', now() - (%2$d - n) * interval '1 second'
      from generate_series(0, %2$d - 1) n;
      insert into thread_counter (site_id, thread_id, published) values (1, %1$d, %2$d);
      insert into reply_counter (site_id, root_id, published)
      select 1, %3$d + n, 3 from generate_series(0, %2$d - 1, 4) n;
      """;

  private long distinct;

  @Override
  public void measure(Run run) throws Exception {
    List<Integer> sizes =
        run.scale == Scale.SMOKE ? List.of(100, 400) : List.of(1_000, 10_000, 100_000, 200_000);
    Vertx vertx = Vertx.vertx();
    try (var database = BenchDatabase.open(run)) {
      var config = database.config();
      Service service = RunningService.start(vertx, config, Clock.systemUTC());
      RunningService.addBlog(service, SiteSettings.DEFAULTS);
      long first = 1;
      for (int i = 0; i < sizes.size(); i++) {
        run.say("filling a thread of %,d", sizes.get(i));
        database.asOwner().run(FILL.formatted(i + 1, sizes.get(i), first));
        first += sizes.get(i);
      }
      database.asOwner().run("analyze");
      compare(run, database, service.httpPort(), sizes);
      RunningService.await(service.stop());
    } finally {
      RunningService.await(vertx.close());
    }
  }

  private void compare(Run run, BenchDatabase database, int port, List<Integer> sizes)
      throws Exception {
    int rounds = run.scale.of(1, 3, 5);
    int samples = run.scale.of(20, 200, 1_000);
    boolean pgbench = Pgbench.isThere();
    if (!pgbench) run.say("no pgbench here: the ratios are left out");
    Map<Integer, List<Double>> sizeToMillis = new TreeMap<>();
    Map<Integer, List<Double>> sizeToLimit = new TreeMap<>();
    try (var caller = new Caller(port)) {
      for (int size : sizes) ask(caller, size, samples);
      for (int round = 0; round < rounds; round++)
        for (int size : sizes) {
          sizeToMillis
              .computeIfAbsent(size, s -> new ArrayList<>())
              .addAll(ask(caller, size, samples));
          if (pgbench)
            sizeToLimit
                .computeIfAbsent(size, s -> new ArrayList<>())
                .add(
                    1_000
                        / Pgbench.run(
                            database.postgres().serviceUrl(),
                            1,
                            run.scale.of(2, 2, 4),
                            ThreadStatements.firstPage(),
                            ThreadStatements.firstPage(1, "size-" + size, 50)));
        }
    }
    var ratios = new ArrayList<Double>();
    var slowest = new ArrayList<Double>();
    for (int size : sizes) {
      List<Double> sorted = sizeToMillis.get(size).stream().sorted().toList();
      double p50 = sorted.get(sorted.size() / 2);
      double p99 = sorted.get(sorted.size() * 99 / 100);
      run.figure("size_" + size + "_p50_ms", p50, "ms", Goal.stated());
      run.figure("size_" + size + "_p99_ms", p99, "ms", Goal.stated());
      slowest.add(p99);
      if (!pgbench) continue;
      List<Double> limits = sizeToLimit.get(size).stream().sorted().toList();
      double ratio = limits.get(limits.size() / 2) / p50;
      run.figure("size_" + size + "_vs_pgbench", ratio, "ratio", Goal.stated());
      ratios.add(ratio);
    }
    if (run.options.contains(Bench.DOCS)) {
      var plot = new Plot("comments in the thread", sizes);
      Files.writeString(
          Path.of("docs/performance-p99.svg"), plot.svg("p99 of the first page, ms", slowest));
      if (pgbench)
        Files.writeString(
            Path.of("docs/performance-ratio.svg"),
            plot.svg("first page over HTTP against the same SQL through pgbench", ratios));
    }
  }

  /** Past the cache: around a comment that is none. */
  private List<Double> ask(Caller caller, int size, int times) throws Exception {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < times; i++) {
      caller.get(THREAD + "size-" + size + "&around=none-" + distinct++);
      millis.add(caller.millis());
    }
    return millis;
  }
}
