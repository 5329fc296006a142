package afterword.http;

import static afterword.journeys.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two places, and two may wait. */
class LineTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Vertx vertx = Vertx.vertx();
  private final Queue<RoutingContext> working = new ConcurrentLinkedQueue<>();
  private final AtomicInteger came = new AtomicInteger();
  private HttpServer server;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void who_waits_has_a_turn_when_a_place_is_free() {
    listen(LONG);
    Future<Integer> first = ask();
    ask();
    eventually("both work", () -> working.size() == 2);
    Future<Integer> third = ask();
    eventually("it came", () -> came.get() == 3);
    assertEquals(2, working.size());

    working.poll().end();

    eventually("its turn comes", () -> working.size() == 2);
    working.forEach(RoutingContext::end);
    assertEquals(200, first.await());
    assertEquals(200, third.await());
  }

  @Test
  void one_more_than_may_wait_is_refused_at_once() {
    listen(LONG);
    for (int i = 0; i < 4; i++) ask();
    eventually("two work and two wait", () -> working.size() == 2 && came.get() == 4);

    assertEquals(503, ask().await());
  }

  @Test
  void who_has_waited_long_enough_is_refused_and_has_no_turn_later() {
    listen(Duration.ofMillis(1));
    ask();
    ask();
    eventually("both work", () -> working.size() == 2);

    assertEquals(503, ask().await());

    working.poll().end();
    working.poll().end();
    Future<Integer> next = ask();
    eventually("the next one works", () -> working.size() == 1);
    assertFalse(next.isComplete());
  }

  @Test
  void who_goes_away_while_waiting_leaves_the_place_to_the_next() {
    listen(LONG);
    ask();
    ask();
    eventually("both work", () -> working.size() == 2);
    HttpClientRequest gone = request();
    gone.send();
    eventually("it came", () -> came.get() == 3);
    gone.connection().close().await();
    Future<Integer> next = ask();
    eventually("it came", () -> came.get() == 4);

    working.poll().end();
    working.poll().end();

    eventually("the next one works", () -> working.size() == 1);
    working.poll().end();
    assertEquals(200, next.await());
  }

  private void listen(Duration patience) {
    var router = Router.router(vertx);
    router
        .route()
        .handler(
            ctx -> {
              came.incrementAndGet();
              ctx.next();
            });
    router.route().handler(new Line(vertx, 2, 2, patience)).handler(working::add);
    router.route().failureHandler(ctx -> ctx.response().setStatusCode(503).end());
    server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  private Future<Integer> ask() {
    return request().send().map(answer -> answer.statusCode());
  }

  /** On a connection of its own. */
  private HttpClientRequest request() {
    return vertx
        .createHttpClient()
        .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
        .await();
  }
}
