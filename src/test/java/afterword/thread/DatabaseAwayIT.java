package afterword.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import afterword.TestClock;
import afterword.db.Database;
import afterword.db.TestDatabase;
import afterword.events.EventFeed;
import afterword.events.EventListener;
import afterword.events.EventStore;
import afterword.http.Problems;
import afterword.journeys.Eventually;
import afterword.keys.Keys;
import afterword.site.SiteStore;
import afterword.site.Sites;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Readers go on reading what is in memory while the database is away, and are told how old it is.
 */
class DatabaseAwayIT {
  private final TestDatabase testDatabase = TestDatabase.fresh();
  private final TestClock clock = new TestClock();
  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private Database database;
  private EventFeed feed;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    new Seed(testDatabase).site(1, "blog").page(1, 10, "talks").root(1, 10, 100, 1);
    vertx = Vertx.vertx();
    database = testDatabase.open(vertx);
    feed = new EventFeed(vertx, database, new EventStore());
    var sites = new Sites(new SiteStore(database), feed, "http://localhost:1", clock);
    var api =
        new ThreadApi(
            database,
            sites,
            feed,
            new Keys(TestDatabase.SECRET),
            new ReadCache(clock, 1_000_000),
            clock);
    Router router = Router.router(vertx);
    router.route("/sites/:site/thread").handler(api::show);
    router.route().failureHandler(new Problems("http://localhost:1"));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    server.shutdown(0, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void what_was_read_before_is_served_with_its_age_for_ten_minutes() throws Exception {
    Eventually.eventually("the database answers", () -> answers());
    HttpResponse<String> before = read("talks");
    assertNull(before.headers().firstValue("Afterword-Stale").orElse(null));
    database.close().await(10, TimeUnit.SECONDS);

    clock.advance(Duration.ofMinutes(9));
    HttpResponse<String> stale = read("talks");
    HttpResponse<String> unread = read("other");
    clock.advance(Duration.ofMinutes(2));
    HttpResponse<String> tooLate = read("talks");

    assertEquals(200, stale.statusCode());
    assertEquals(before.body(), stale.body());
    assertEquals("540", stale.headers().firstValue("Afterword-Stale").orElse(null));
    assertEquals(503, unread.statusCode());
    assertEquals(503, tooLate.statusCode());
    assertEquals("2", tooLate.headers().firstValue("Retry-After").orElse(null));
  }

  @Test
  void it_is_served_too_where_events_may_have_been_missed_before_the_database_answers()
      throws Exception {
    Eventually.eventually("the database answers", () -> answers());
    HttpResponse<String> before = read("talks");
    database.close().await(10, TimeUnit.SECONDS);

    // Who listens has a connection of its own, which may be back before those for reads are.
    new EventListener(feed).up();
    clock.advance(Duration.ofSeconds(3));
    HttpResponse<String> stale = read("talks");

    assertEquals(200, stale.statusCode(), stale.body());
    assertEquals(before.body(), stale.body());
    assertEquals("3", stale.headers().firstValue("Afterword-Stale").orElse(null));
  }

  /** Its first connections may take longer on a busy machine than a read is willing to wait. */
  private boolean answers() {
    try {
      return read("nothing-here").statusCode() == 200;
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private HttpResponse<String> read(String page) throws Exception {
    URI address =
        URI.create("http://127.0.0.1:" + server.actualPort() + "/sites/blog/thread?page=" + page);
    return client.send(
        HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }
}
