package afterword.bench;

import static afterword.journeys.RunningService.ORIGIN;

import afterword.Service;
import afterword.comment.PostStatements;
import afterword.journeys.RunningService;
import afterword.markup.Markup;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Posts over HTTP, the whole path, beside pgbench committing the same statement, with fsync on; in
 * turn, so that a busy moment hits both. Latency is measured at half the rate that was reached,
 * from when a post was due, so that one slow answer counts for all that had to wait behind it.
 */
final class PostBench implements Benchmark {
  private static final int PAGES = 100;
  static final SiteSettings OPEN =
      new SiteSettings(
          Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000_000, 1, 10_000_000);
  private static final String TEXT =
      "What it leaves out is **how long** the platform was; see https://rail.example/platforms. ";

  /** Each post has a key and a text of its own: most of its words are drawn. */
  static final String LUA =
      """
      local n = 0
      math.randomseed(os.time())
      local run = tostring(math.random(100000000, 999999999))
      local words = { %s }
      local function drawn()
        local text = {}
        for i = 1, 30 do text[i] = words[math.random(#words)] end
        return table.concat(text, " ")
      end
      request = function()
        n = n + 1
        local page = "page-" .. (n %% 100 + 1)
        wrk.headers["Idempotency-Key"] = "bench-" .. run .. "-" .. n
        wrk.headers["Origin"] = "%s"
        wrk.headers["Content-Type"] = "application/json"
        local body = '{"page":{"key":"' .. page .. '","url":"%s/' .. page .. '","title":"Page"},'
          .. '"author":{"name":"Ada"},"body":"%s' .. drawn() .. ' ' .. n .. '"}'
        return wrk.format("POST", "/api/v1/sites/blog/comments", wrk.headers, body)
      end
      """
          .formatted(PacedPosts.quotedWords(), ORIGIN, ORIGIN, TEXT);

  @Override
  public void measure(Run run) throws Exception {
    Wrk.require();
    Pgbench.require();
    Vertx vertx = Vertx.vertx();
    try (BenchDatabase database = BenchDatabase.open(run)) {
      Service service =
          RunningService.await(
              Service.start(
                  vertx, database.config("--connections-per-address=10000"), Clock.systemUTC()));
      RunningService.addBlog(service, OPEN);
      database
          .asOwner()
          .run(
              "insert into page (site_id, id, key, url, title, first_seen_at)"
                  + " select 1, n, 'page-' || n, '"
                  + ORIGIN
                  + "/page-' || n, 'Page', now() from generate_series(1, "
                  + PAGES
                  + ") n; select setval('page_id', 1000)");
      compare(run, database, service.httpPort());
      RunningService.await(service.stop());
    } finally {
      RunningService.await(vertx.close());
    }
  }

  private void compare(Run run, BenchDatabase database, int port) throws Exception {
    double seconds = run.scale.of(1, 6, 10);
    int connections = run.scale.of(1, 32, 64);
    int rounds = run.scale.of(1, 3, 5);
    String url = "http://127.0.0.1:" + port;
    var variables = PostStatements.variables(TEXT, Markup.render(TEXT).html());
    run.say("warming up");
    PacedPosts.run(port, 20, 1, TEXT);
    fill(run, database, variables);
    for (int i = 0; i < run.scale.of(0, 2, 4); i++)
      Wrk.run(url, connections, seconds, List.of(), LUA);
    var toTransaction = new ArrayList<Double>();
    var toWhole = new ArrayList<Double>();
    var rates = new ArrayList<Double>();
    for (int i = 0; i < rounds; i++) {
      double transaction =
          Pgbench.script(
              database.postgres().serviceUrl(),
              connections,
              seconds,
              PostStatements.transaction(),
              variables);
      double posts = Wrk.run(url, connections, seconds, List.of(), LUA).perSecond();
      double whole =
          Pgbench.script(
              database.postgres().serviceUrl(),
              connections,
              seconds,
              PostStatements.whole(),
              variables);
      run.say(
          "pgbench: insert %,.0f/s, facts and insert %,.0f/s; posts %,.0f/s",
          transaction, whole, posts);
      toTransaction.add(posts / transaction);
      toWhole.add(posts / whole);
      rates.add(posts);
    }
    run.figure("post_vs_pgbench", median(toTransaction), "ratio", Goal.atLeast(0.6));
    run.figure("post_vs_same_sql", median(toWhole), "ratio", Goal.stated());
    run.figure("post_per_s", median(rates), "1/s", Goal.stated());
    run.figure(
        "post_ratio_spread",
        toTransaction.stream().mapToDouble(r -> r).max().orElseThrow()
            - toTransaction.stream().mapToDouble(r -> r).min().orElseThrow(),
        "ratio",
        Goal.stated());
    // The generator's code is compiled by then: what its first seconds cost is not the service's.
    PacedPosts.run(port, median(rates) / 2, run.scale.of(1, 3, 5), TEXT);
    PacedPosts.Latency latency =
        PacedPosts.run(port, median(rates) / 2, run.scale.of(1, 10, 20), TEXT);
    run.figure("post_p50_ms", latency.p50Millis(), "ms", Goal.stated());
    run.figure("post_p99_ms", latency.p99Millis(), "ms", Goal.stated());
    run.figure("post_refused", latency.refused(), "count", Goal.stated());
  }

  /** An installation has some comments, and its database knows how many. */
  private static void fill(Run run, BenchDatabase database, Map<String, String> variables)
      throws Exception {
    double seconds = run.scale.of(1, 5, 10);
    String url = database.postgres().serviceUrl();
    Pgbench.script(url, 4, seconds, PostStatements.transaction(), variables);
    database.asOwner().run("analyze");
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
