package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.Service;
import afterword.TestClock;
import afterword.db.CountedPostgres;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What readers cost the database, as the database counts it. {@code -Dafterword.statements.hits}
 * and {@code .readers} say how many; the service's clock stands still, so that nothing falls due.
 */
class StatementsIT {
  private static final int READERS = Integer.getInteger("afterword.statements.readers", 1_000);
  private static final int HITS = Integer.getInteger("afterword.statements.hits", 5_000);
  private static final int AT_A_TIME = 16;
  private static final String THREAD = "/api/v1/sites/blog/thread?page=talks";
  private static final List<String> READS =
      List.of(
          THREAD,
          THREAD + "&order=best",
          THREAD + "&around=none",
          "/api/v1/sites/blog/counts?page=talks&page=none",
          "/api/v1/sites/blog/latest",
          "/api/v1/sites/blog/feed.atom",
          "/api/v1/sites/blog/feed.json?page=talks",
          "/t?site=blog&page=talks",
          "/embed/v1/fragment?site=blog&page=talks&jsonld=1");

  private static final String THREADS = "with found as materialized%";
  private static final String SITES = "select id, key, name, origins, settings, version from site%";

  /** Every statement of reading; others go on in the background, such as those about events. */
  private static final List<String> ALL_OF_READING =
      List.of(
          THREADS, SITES, "with folded as materialized%", "select page.key%", "select thread_id%");

  /** Written past the service, so that no event drops what was just read. */
  private static final String COMMENTS =
      """
      insert into site (id, key, name, origins) values (1, 'blog', 'Blog', '{https://blog.example}');
      insert into page (site_id, id, key, url, title, first_seen_at)
      values (1, 10, 'talks', 'https://blog.example/talks', 'Talks', now());
      insert into comment (site_id, id, thread_id, root_id, depth, source, html, text, status, shown,
        rules_version, fingerprint, owner_token_hash, created_at)
      select 1, id, 10, id, 0, 't', '<p>t</p>', 't', 'published', true, 1, 'f', 'o', now()
      from generate_series(1, 80) as id;
      """;

  private static final String LISTENING =
      """
      select count(*) from pg_stat_activity
      where application_name = 'afterword_events' and state = 'idle'
        and query = 'select 1'
      """;

  private final CountedPostgres postgres = CountedPostgres.start();
  private final TestClock clock = new TestClock();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(READERS));
  private Service service;

  @BeforeEach
  void start() {
    var config =
        postgres
            .database()
            .config("--connections-per-address=100000", "--in-flight=100000", "--drain-seconds=0");
    service = RunningService.start(vertx, config, clock);
    postgres.database().run(COMMENTS);
    // Which suspects all that it has in memory, before its first beat.
    Eventually.eventually("it listens", () -> "1".equals(postgres.ask(LISTENING)));
    Eventually.eventually(
        "it reads", () -> status(THREAD + "&limit=1").otherwise(503).await() == 200);
  }

  @AfterEach
  void stop() {
    await(service.stop());
    await(vertx.close());
    postgres.close();
  }

  @Test
  void a_thousand_readers_of_a_thread_that_nobody_has_read_cost_one_statement() throws Exception {
    // What is known of the site is forgotten too.
    clock.advance(Duration.ofMinutes(11));
    long threads = postgres.calls(THREADS);
    long sites = postgres.calls(SITES);

    var readers = IntStream.range(0, READERS).mapToObj(reader -> status(THREAD)).toList();

    for (Future<Integer> reader : readers) assertEquals(200, result(reader));
    assertEquals(threads + 1, postgres.calls(THREADS));
    assertEquals(sites + 1, postgres.calls(SITES));
  }

  @Test
  void readers_of_what_is_in_memory_cost_none() throws Exception {
    for (String path : READS) assertEquals(200, result(status(path)), path);
    long reads = calls();

    var left = new AtomicInteger(HITS);
    var readers = new ArrayList<Future<Integer>>();
    for (int reader = 0; reader < AT_A_TIME; reader++) {
      Promise<Integer> done = Promise.promise();
      readers.add(done.future());
      readOn(left, done);
    }

    for (Future<Integer> reader : readers) result(reader);
    assertEquals(reads, calls());
  }

  private long calls() {
    return ALL_OF_READING.stream().mapToLong(postgres::calls).sum();
  }

  private void readOn(AtomicInteger left, Promise<Integer> done) {
    int next = left.decrementAndGet();
    if (next < 0) {
      done.complete(200);
      return;
    }
    status(READS.get(next % READS.size()))
        .onFailure(done::fail)
        .onSuccess(
            status -> {
              if (status == 200) readOn(left, done);
              else done.fail("status " + status);
            });
  }

  private Future<Integer> status(String path) {
    return client
        .request(HttpMethod.GET, service.httpPort(), "127.0.0.1", path)
        .compose(request -> request.send())
        .compose(answer -> answer.body().map(read -> answer.statusCode()));
  }

  private static int result(Future<Integer> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.MINUTES);
  }
}
