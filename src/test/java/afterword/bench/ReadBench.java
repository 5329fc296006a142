package afterword.bench;

import afterword.FreePort;
import afterword.journeys.RunningService;
import afterword.thread.ThreadStatements;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reading at size: what is cached beside a bare server that sends the same bytes, what is not
 * beside the same SQL through pgbench, a huge thread beside a small one, deep pages beside the
 * first. Both sides take turns in one run. Options: {@code --data-dir=FOLDER} of {@code bin/bench
 * seed}, {@code --seconds=N} for each turn.
 */
final class ReadBench implements Benchmark {
  private static final int CONNECTIONS = 16;
  private static final String SECONDS = "--seconds=";
  private static final String THREAD = "/api/v1/sites/" + SeedBench.SITE + "/thread?page=";

  private Run run;
  private Vertx vertx;
  private int port;
  private boolean wrk;
  private long distinct;

  @Override
  public void measure(Run run) throws Exception {
    this.run = run;
    try (var database = BenchDatabase.open(run)) {
      SeedBench.fill(run, database);
      vertx = Vertx.vertx();
      var config = database.config("--connections-per-address=1000");
      var service = RunningService.start(vertx, config, Clock.systemUTC());
      port = service.httpPort();
      wrk = run.scale != Scale.SMOKE && Wrk.isThere();
      run.say(wrk ? "asking with wrk" : "asking with a client of our own");
      try {
        warmUp();
        cached();
        uncached(database);
        sizes();
        depths();
      } finally {
        await(service.stop());
        await(vertx.close());
      }
    }
  }

  /** Of each turn. */
  private double seconds() {
    for (String option : run.options)
      if (option.startsWith(SECONDS)) return Double.parseDouble(option.substring(SECONDS.length()));
    return run.scale.of(1, 3, 6) * (run.scale == Scale.SMOKE ? 0.15 : 1);
  }

  private int rounds() {
    return run.scale.of(1, 3, 5);
  }

  private void warmUp() throws Exception {
    run.say("warming up");
    for (int i = 0; i < 2; i++) {
      hits(port, THREAD + "t1", List.of(), seconds());
      misses(seconds());
    }
  }

  /**
   * The same answer, plain, gzipped and not modified, from us and from a server that does no more.
   */
  private void cached() throws Exception {
    String path = THREAD + "t1";
    var plain = fetched(path, "identity");
    var gzip = fetched(path, "gzip");
    run.figure("bytes_plain", plain.body().length, "bytes", Goal.stated());
    run.figure("bytes_gzip", gzip.body().length, "bytes", Goal.stated());
    String tag = plain.headers().firstValue("ETag").orElseThrow();
    compare("cached_vs_bare", "hit", path, List.of(), bare(plain), 0.9);
    var unchanged = fetched(path, "identity", "If-None-Match", tag);
    var known = List.of("If-None-Match: " + tag);
    compare("not_modified_vs_bare", "not_modified", path, known, bare(unchanged), 0.9);
    var zipped = List.of("Accept-Encoding: gzip");
    compare("gzip_vs_bare", "hit_gzip", path, zipped, bare(gzip), 0.9);
  }

  private void compare(
      String figure, String name, String path, List<String> headers, Bare bare, double goal)
      throws Exception {
    run.say("%s: %d rounds", figure, rounds());
    var ratios = new ArrayList<Double>();
    var answers = new ArrayList<Load.Answer>();
    for (int i = 0; i < rounds(); i++) {
      Load.Answer theirs = hits(bare.port, path, headers, seconds());
      Load.Answer ours = hits(port, path, headers, seconds());
      run.say(
          "  bare %,.0f/s   ours %,.0f/s   p50 %.2f ms   p99 %.2f ms",
          theirs.perSecond(), ours.perSecond(), ours.p50Millis(), ours.p99Millis());
      ratios.add(ours.perSecond() / theirs.perSecond());
      answers.add(ours);
    }
    await(vertx.undeploy(bare.deployment));
    run.figure(figure, median(ratios), "ratio", Goal.atLeast(goal));
    state(name, answers);
  }

  private void state(String name, List<Load.Answer> answers) {
    run.figure(
        name + "_per_s",
        median(answers.stream().map(Load.Answer::perSecond).toList()),
        "1/s",
        Goal.stated());
    run.figure(
        name + "_p50_ms",
        median(answers.stream().map(Load.Answer::p50Millis).toList()),
        "ms",
        Goal.stated());
    run.figure(
        name + "_p99_ms",
        median(answers.stream().map(Load.Answer::p99Millis).toList()),
        "ms",
        Goal.stated());
  }

  /** Every request is for something that nobody has asked for yet. */
  private void uncached(BenchDatabase database) throws Exception {
    boolean pgbench = Pgbench.isThere();
    if (!pgbench) run.say("no pgbench here: uncached_vs_pgbench is left out");
    var parameters = ThreadStatements.firstPage(1, "t1", 50);
    String url = database.postgres().serviceUrl();
    var ratios = new ArrayList<Double>();
    var answers = new ArrayList<Load.Answer>();
    for (int i = 0; i < rounds(); i++) {
      double theirs =
          pgbench
              ? Pgbench.run(url, CONNECTIONS, seconds(), ThreadStatements.firstPage(), parameters)
              : Double.NaN;
      Load.Answer ours = misses(seconds());
      run.say(
          "  pgbench %,.0f/s   ours %,.0f/s   p50 %.2f ms   p99 %.2f ms",
          theirs, ours.perSecond(), ours.p50Millis(), ours.p99Millis());
      ratios.add(ours.perSecond() / theirs);
      answers.add(ours);
    }
    if (pgbench) run.figure("uncached_vs_pgbench", median(ratios), "ratio", Goal.atLeast(0.6));
    state("miss", answers);
  }

  private void sizes() throws Exception {
    int samples = run.scale.of(20, 400, 2_000);
    run.say("the huge thread and the small one, %,d first pages each", samples);
    var huge = new ArrayList<Double>();
    var small = new ArrayList<Double>();
    try (var caller = new Caller(port)) {
      for (int i = 0; i < samples; i++) {
        caller.get(fresh("t1", ""));
        huge.add(caller.millis());
        caller.get(fresh("t2", ""));
        small.add(caller.millis());
      }
    }
    run.figure("huge_vs_small", median(huge) / median(small), "ratio", Goal.atMost(1.3));
    run.figure("huge_ms", median(huge), "ms", Goal.stated());
    run.figure("small_ms", median(small), "ms", Goal.stated());
  }

  private void depths() throws Exception {
    depth("newest", "deep_vs_first");
    depth("oldest", "deep_oldest_vs_first");
    depth("best", "deep_best_vs_first");
  }

  /**
   * Both are read from PostgreSQL's memory: the deep pages have been read once before, as the first
   * one has many times. Another limit makes a page one that no cache knows, of the same rows.
   */
  private void depth(String order, String figure) throws Exception {
    int limit = run.scale.of(5, 50, 50);
    int depth = run.scale.of(4, 30, 1_000);
    int pages = run.scale.of(2, 5, 30);
    int rounds = run.scale.of(2, 10, 10);
    run.say(
        "%s: to page %,d of the huge thread, then %d pages from there and the first one, %d times",
        order, depth, pages, rounds);
    String ordered = "&order=" + order + "&limit=";
    var first = new ArrayList<Double>();
    var deep = new ArrayList<Double>();
    try (var caller = new Caller(port)) {
      var cursors = new ArrayList<String>();
      String next = null;
      for (int i = 0; i < depth + pages; i++) {
        String after = next == null ? "" : "&after=" + next;
        next =
            new JsonObject(caller.get(THREAD + "t1" + ordered + limit + after)).getString("next");
        if (next == null) throw new IllegalStateException("the thread ends at page " + (i + 1));
        if (i >= depth) cursors.add(next);
      }
      for (int i = 1; i <= rounds; i++) {
        for (String cursor : cursors) {
          caller.get(fresh("t1", ordered + (limit - i)));
          first.add(caller.millis());
          caller.get(THREAD + "t1" + ordered + (limit - i) + "&after=" + cursor);
          deep.add(caller.millis());
        }
      }
    }
    run.figure(figure, median(deep) / median(first), "ratio", Goal.atMost(1.3));
  }

  /** A first page that no cache knows: around a comment that is none. */
  private String fresh(String page, String more) {
    return THREAD + page + more + "&around=none-" + distinct++;
  }

  private Load.Answer hits(int port, String path, List<String> headers, double seconds)
      throws Exception {
    if (wrk) return Wrk.run("http://127.0.0.1:" + port + path, CONNECTIONS, seconds, headers, "");
    String head = headers.isEmpty() ? "" : String.join("\r\n", headers) + "\r\n";
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + head + "\r\n";
    return Load.run(vertx, port, CONNECTIONS, seconds, number -> request);
  }

  private Load.Answer misses(double seconds) throws Exception {
    String path = fresh("t1", "") + "-";
    if (wrk) {
      String lua =
          "local n = 0\nrequest = function()\n  n = n + 1\n  return wrk.format('GET', '"
              + path
              + "' .. n)\nend\n";
      return Wrk.run("http://127.0.0.1:" + port, CONNECTIONS, seconds, List.of(), lua);
    }
    return Load.run(
        vertx,
        port,
        CONNECTIONS,
        seconds,
        number -> "GET " + path + number + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  private HttpResponse<byte[]> fetched(String path, String encoding, String... headers)
      throws Exception {
    var asked =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Accept-Encoding", encoding);
    var request = (headers.length == 0 ? asked : asked.headers(headers)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
  }

  private record Bare(int port, String deployment) {}

  /** Vert.x alone, on as many loops as the service, sending the same bytes: headers and body. */
  private Bare bare(HttpResponse<byte[]> answer) throws Exception {
    int free = FreePort.next();
    MultiMap headers = HttpHeaders.headers();
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (name.equals("content-length")) return;
              headers.add(
                  HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(values.get(0)));
            });
    Buffer body = Buffer.buffer(answer.body());
    var loops = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    String deployment =
        await(
            vertx.deployVerticle(
                () -> new BareServer(free, answer.statusCode(), headers, body), loops));
    return new Bare(free, deployment);
  }

  private static final class BareServer extends AbstractVerticle {
    private final int port;
    private final int status;
    private final MultiMap headers;
    private final Buffer body;

    BareServer(int port, int status, MultiMap headers, Buffer body) {
      this.port = port;
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    @Override
    public void start(Promise<Void> started) {
      vertx
          .createHttpServer()
          .requestHandler(
              request -> {
                var response = request.response().setStatusCode(status);
                response.headers().addAll(headers);
                if (status == 304) response.end();
                else response.end(body);
              })
          .listen(port, "127.0.0.1")
          .<Void>mapEmpty()
          .onComplete(started);
    }
  }

  private static double median(List<Double> values) {
    var sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static <T> T await(io.vertx.core.Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
