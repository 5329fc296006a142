package afterword.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import afterword.db.Database;
import afterword.db.Listening;
import afterword.db.TestDatabase;
import afterword.events.Event.Kind;
import afterword.journeys.Eventually;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Those that read events for all processes, and what a process does when it may have missed some.
 */
@ExtendWith(VertxExtension.class)
class EventReadersIT {
  private final TestDatabase rows = TestDatabase.fresh();
  private final EventStore store = new EventStore();
  private final TestClock clock = new TestClock();

  @Test
  void many_events_are_one_notification_whoever_sends(Vertx vertx) {
    var database = rows.open(vertx);
    append(database, 50);

    List<Boolean> sent =
        List.of(
            new EventNotifier(vertx, database).send().await(),
            new EventNotifier(vertx, database).send().await());

    assertEquals(List.of(true, false), sent);
  }

  @Test
  void a_notification_has_the_feed_read_at_once(Vertx vertx) {
    var database = rows.open(vertx);
    var feed = new EventFeed(vertx, database, store);
    var heard = new CopyOnWriteArrayList<PlacedEvent>();
    feed.follow(follower(heard, new AtomicInteger()));
    feed.start().await();
    feed.stopPolling();
    Listening listening = listening(vertx, feed);
    Eventually.eventually("it listens", feed::isNotified);

    append(database, 20);
    new EventNotifier(vertx, database).send().await();

    Eventually.eventually("all were heard", () -> heard.size() == 20);
    assertEquals(
        heard.get(19).position().toString(),
        rows.ask("select xid || '-' || event_id from reader_position where reader = 'notifier'"));
    feed.stop();
    listening.stop().await();
  }

  @Test
  void listeners_forget_when_notifications_come_again(Vertx vertx) {
    var database = rows.open(vertx);
    var feed = new EventFeed(vertx, database, store);
    var forgotten = new AtomicInteger();
    feed.onMissed(forgotten::incrementAndGet);
    feed.start().await();
    Listening listening = listening(vertx, feed);
    Eventually.eventually("it listens", feed::isNotified);
    int before = forgotten.get();

    rows.terminate(EventNotifier.CHANNEL);

    Eventually.eventually("it forgot", () -> forgotten.get() > before);
    feed.stop();
    listening.stop().await();
  }

  @Test
  void followers_are_told_when_events_were_removed_that_they_had_not_heard(Vertx vertx) {
    var database = rows.open(vertx);
    var feed = new EventFeed(vertx, database, store);
    var missed = new AtomicInteger();
    var heard = new CopyOnWriteArrayList<PlacedEvent>();
    feed.follow(follower(heard, missed));
    feed.start().await();
    rows.run(
        "update reader_position set xid = pg_current_xact_id(), event_id = 1 where reader = 'horizon'");

    feed.notified(true);

    Eventually.eventually("it was told", () -> missed.get() == 1);
    append(database, 1);
    Eventually.eventually("it hears on", () -> heard.size() == 1);
    feed.stop();
  }

  @Test
  void removes_what_everybody_has_read_and_is_older_than_a_day(Vertx vertx) {
    var database = rows.open(vertx);
    var retention = new EventRetention(vertx, database, clock);
    append(database, 3);
    clock.advance(Duration.ofHours(25));
    append(database, 2);

    assertEquals(0, retention.remove().await(), "nobody has read them");
    new CounterFolder(vertx, database).fold().await();
    assertEquals(0, retention.remove().await(), "not everybody has read them");
    new EventNotifier(vertx, database).send().await();
    assertEquals(0, retention.remove().await(), "the learned filter has not read them");
    rows.run(
        "update reader_position set (xid, event_id) ="
            + " (select xid, event_id from reader_position where reader = 'notifier')"
            + " where reader = 'spam'");
    assertEquals(3, retention.remove().await());
    assertEquals(0, retention.remove().await());

    assertEquals("2", rows.ask("select count(*) from event"));
    Position horizon = store.standing(database).await().horizon();
    List<PlacedEvent> left = store.after(database, Position.START, 10).await();
    assertTrue(left.get(0).position().isAfter(horizon));
    assertFalse(horizon.equals(Position.START));
  }

  @Test
  void an_old_event_behind_a_young_one_stays() {
    Vertx vertx = Vertx.vertx();
    var database = rows.open(vertx);
    append(database, 1);
    clock.advance(Duration.ofHours(-48));
    append(database, 1);
    clock.advance(Duration.ofHours(48));
    new CounterFolder(vertx, database).fold().await();
    new EventNotifier(vertx, database).send().await();

    assertEquals(0, new EventRetention(vertx, database, clock).remove().await());
    vertx.close().await();
  }

  private Listening listening(Vertx vertx, EventFeed feed) {
    var ear = new EventListener(feed);
    Listening listening =
        Listening.of(vertx, rows.config(), EventNotifier.CHANNEL, ear).orElseThrow();
    listening.start();
    return listening;
  }

  private void append(Database database, int count) {
    for (int i = 0; i < count; i++) {
      long comment = i + 1;
      database
          .write(
              tx ->
                  store.append(
                      tx,
                      new Event(1, Kind.COMMENT_ADDED, 7, comment, comment, 1),
                      clock.instant()))
          .await();
    }
    rows.settle();
  }

  private static Follower follower(List<PlacedEvent> heard, AtomicInteger missed) {
    return new Follower() {
      @Override
      public void heard(List<PlacedEvent> events) {
        heard.addAll(events);
      }

      @Override
      public void missed() {
        missed.incrementAndGet();
      }
    };
  }
}
