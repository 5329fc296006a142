package afterword.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.db.Database;
import afterword.db.TestDatabase;
import afterword.events.EventFeed;
import afterword.events.EventHistory;
import afterword.events.EventStore;
import afterword.http.ClientAddress;
import afterword.journeys.Eventually;
import afterword.page.PageNumbers;
import afterword.site.SiteStore;
import afterword.site.Sites;
import afterword.thread.PublicComments;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An open stream on which nothing happens, under a timer that the test moves. */
class BeatIT {
  private final TestDatabase testDatabase = TestDatabase.fresh();
  private final Vertx vertx = Vertx.vertx();
  private final Database database = testDatabase.open(vertx);
  private final AtomicReference<Handler<Long>> timer = new AtomicReference<>();
  private final AtomicReference<Long> everyMillis = new AtomicReference<>();
  private final StringBuffer heard = new StringBuffer();

  @AfterEach
  void stop() throws Exception {
    database.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void a_stream_on_which_nothing_happens_shows_every_15_seconds_that_it_lives() throws Exception {
    testDatabase.run(
        "insert into site (id, key, name, origins) values (1, 'blog', 'Blog', '{https://blog.example}')");
    LiveApi live = live();
    live.start();
    listen(live);
    Eventually.eventually("the stream began", () -> heard.indexOf("retry: ") >= 0);
    assertEquals(15_000L, everyMillis.get());

    // What is left of the first moments may come with a beat, then there is nothing to tell.
    for (int beats = 1; beats <= 3; beats++) {
      int before = heard.length();
      timer.get().handle(0L);
      Eventually.eventually("a beat was heard", () -> heard.length() > before);
    }
    assertTrue(heard.toString().endsWith("\n:\n\n"), heard::toString);
  }

  private void listen(LiveApi live) throws Exception {
    Router router = Router.router(vertx);
    router.get("/:site/live").handler(live::show);
    var server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    vertx
        .createHttpClient()
        .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/blog/live?page=quiet")
        .compose(request -> request.send())
        .map(answer -> answer.handler(heard::append))
        .await(10, TimeUnit.SECONDS);
  }

  private LiveApi live() {
    var feed = new EventFeed(vertx, database, new EventStore());
    return new LiveApi(
        withTimerOfTheTest(),
        new Sites(new SiteStore(database), feed, "http://localhost:1", Clock.systemUTC()),
        feed,
        new EventHistory(database, new EventStore()),
        new PageNumbers(database),
        new PublicComments(database),
        new ClientAddress(List.of()),
        new Random(1),
        10,
        10);
  }

  /** Periodic timers are the test's to fire. */
  private Vertx withTimerOfTheTest() {
    return (Vertx)
        Proxy.newProxyInstance(
            Vertx.class.getClassLoader(),
            new Class<?>[] {Vertx.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("setPeriodic")) {
                everyMillis.set((Long) arguments[0]);
                timer.set(handler(arguments[1]));
                return 1L;
              }
              try {
                return method.invoke(vertx, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  @SuppressWarnings("unchecked")
  private static Handler<Long> handler(Object argument) {
    return (Handler<Long>) argument;
  }
}
