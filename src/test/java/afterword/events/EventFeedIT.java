package afterword.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.db.Database;
import afterword.db.TestDatabase;
import afterword.events.Event.Kind;
import afterword.journeys.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class EventFeedIT {
  private final TestDatabase rows = TestDatabase.fresh();
  private final EventStore store = new EventStore();
  private final List<Long> heard = new CopyOnWriteArrayList<>();

  @Test
  void another_process_hears_of_every_event_once_in_order(Vertx vertx) {
    var database = rows.open(vertx);
    EventFeed feed = listening(vertx, database);

    for (long i = 1; i <= 600; i++) append(database, i).await();

    Eventually.eventually("600 events were heard", () -> heard.size() == 600);
    for (int i = 0; i < 600; i++) assertEquals(i + 1, heard.get(i));
    feed.stop();
  }

  @Test
  void events_come_in_the_order_of_numbers_not_of_digits(Vertx vertx) {
    var database = rows.open(vertx);
    for (int xid : new int[] {9, 10, 99, 100}) {
      rows.run(
          "insert into event (site_id, xid, kind, comment_id, created_at)"
              + " values (1, '%d', 'comment-added', %d, now())".formatted(xid, xid));
    }

    List<PlacedEvent> events = store.after(database, Position.START, 3).await();

    assertEquals(
        List.of(9L, 10L, 99L), events.stream().map(placed -> placed.event().commentId()).toList());
  }

  @Test
  void an_event_that_commits_late_is_not_lost(Vertx vertx) {
    var database = rows.open(vertx);
    EventFeed feed = listening(vertx, database);
    SqlConnection slow = database.pool().getConnection().await();
    var transaction = slow.begin().await();
    store.append(slow, event(1), Instant.now()).await();
    append(database, 2).await();

    vertx.timer(700, java.util.concurrent.TimeUnit.MILLISECONDS).await();
    assertEquals(List.of(), heard, "nobody is told while an older one may still come");
    transaction.commit().await();

    Eventually.eventually("both events were heard", () -> heard.size() == 2);
    assertEquals(List.of(1L, 2L), heard);
    feed.stop();
  }

  @Test
  void the_folder_adds_each_delta_once_whoever_folds(Vertx vertx) {
    var database = rows.open(vertx);
    for (long i = 1; i <= 100; i++) append(database, i).await();
    rows.settle();

    List<Future<Integer>> folding =
        java.util.stream.IntStream.range(0, 4)
            .mapToObj(i -> new CounterFolder(vertx, database).fold())
            .toList();
    Future.all(folding).await();
    new CounterFolder(vertx, database).fold().await();

    assertEquals(
        "100",
        rows.ask("select published from thread_counter where site_id = 1 and thread_id = 7"));
  }

  @Test
  void a_listener_that_fails_keeps_nobody_else_from_hearing(Vertx vertx) {
    var database = rows.open(vertx);
    var feed = new EventFeed(vertx, database, store);
    feed.listen(
        event -> {
          throw new IllegalStateException("on purpose");
        });
    feed.listen(event -> heard.add(event.commentId()));

    feed.announce(event(5));

    assertEquals(List.of(5L), heard);
  }

  private EventFeed listening(Vertx vertx, Database database) {
    var feed = new EventFeed(vertx, database, store);
    feed.start().await();
    feed.listen(event -> heard.add(event.commentId()));
    return feed;
  }

  private Future<Void> append(Database database, long comment) {
    return database.write(tx -> store.append(tx, event(comment), Instant.now()));
  }

  private static Event event(long comment) {
    return new Event(1, Kind.COMMENT_ADDED, 7, comment, comment, 1);
  }
}
