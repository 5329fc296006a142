package afterword.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.db.Database;
import afterword.db.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ThreadStoreIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static Vertx vertx;
  private static Database database;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    database = DATABASE.open(vertx);
    var seed = new Seed(DATABASE).site(1, "blog").site(2, "other");
    seed.page(1, 10, "talks").page(2, 10, "talks").page(1, 11, "quiet").page(1, 12, "graves");
    for (int i = 1; i <= 7; i++) seed.root(1, 10, 100 + i, i);
    // Ids do not grow with time.
    for (int i = 1; i <= 5; i++) seed.reply(1, 10, 210 - i, i == 1 ? 102 : 209, 102, 20 + i);
    seed.run("update comment set pinned = true where id = 103");
    seed.root(2, 10, 300, 1).event(2, 10, 300, 300, 1);
    for (int i = 1; i <= 7; i++) seed.event(1, 10, 100 + i, 100 + i, 1);
    for (int i = 1; i <= 5; i++) seed.event(1, 10, 210 - i, 102, 1);
    seed.root(1, 12, 400, 1).reply(1, 12, 401, 400, 400, 2).reply(1, 12, 402, 401, 400, 3);
    seed.run("update comment set status = 'rejected' where id in (400, 401)");
    seed.run("insert into page_alias (site_id, key, page_id) values (1, 'old/talks', 10)");
  }

  @AfterAll
  static void close() throws Exception {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void shows_the_newest_roots_first_and_pinned_ones_before_them() throws Exception {
    ThreadPage page = page("talks", Order.NEWEST, Place.start(true), 4);

    assertEquals(List.of(103L, 107L, 106L, 105L), ids(page));
    assertTrue(page.more());
  }

  @Test
  void keeps_the_order_whatever_way_the_planner_joins_the_counters() throws Exception {
    DATABASE.run(
        "insert into reply_counter (site_id, root_id, published) values (1, 101, 0), (1, 105, 0)");
    planner("set enable_nestloop = off");
    Database hashing = DATABASE.open(vertx);

    ThreadPage page =
        await(
            new ThreadStore(hashing::readCurrent)
                .page(1, "talks", Order.NEWEST, Place.start(true), 4));

    planner("reset enable_nestloop");
    await(hashing.close());
    assertEquals(List.of(103L, 107L, 106L, 105L), ids(page));
  }

  private static void planner(String change) {
    DATABASE.run(
        "do $$ begin execute format('alter database %I "
            + change
            + "', current_database()); end $$");
  }

  @Test
  void walks_every_root_once_in_either_direction() throws Exception {
    for (Order order : List.of(Order.NEWEST, Order.OLDEST)) {
      List<Long> seen = new ArrayList<>();
      Place after = Place.start(order.descending());
      while (after != null) {
        ThreadPage page = page("talks", order, after, 2);
        seen.addAll(ids(page));
        after = page.more() ? Place.of(page.roots().get(1).comment()) : null;
      }

      List<Long> others = List.of(101L, 102L, 104L, 105L, 106L, 107L);
      List<Long> expected = new ArrayList<>(others);
      if (order == Order.NEWEST) java.util.Collections.reverse(expected);
      expected.add(0, 103L);
      assertEquals(expected, seen);
    }
  }

  @Test
  void brings_the_first_three_replies_in_time_order() throws Exception {
    ThreadPage.Root root = page("talks", Order.OLDEST, Place.start(false), 50).roots().get(2);

    assertEquals(102, root.comment().id());
    assertEquals(List.of(209L, 208L, 207L), root.replies().stream().map(ShownComment::id).toList());
    assertEquals(5, root.replyCount());
    assertEquals(207, root.rest().orElseThrow().id());
  }

  @Test
  void counts_what_is_folded_and_what_is_not() throws Exception {
    assertEquals(12, page("talks", Order.NEWEST, Place.start(true), 50).head().count());
    DATABASE.run("insert into thread_counter values (1, 10, 30)");
    try {
      assertEquals(42, page("talks", Order.NEWEST, Place.start(true), 50).head().count());
    } finally {
      DATABASE.run("delete from thread_counter");
    }
  }

  @Test
  void leaves_neither_author_nor_text_of_a_tombstone() throws Exception {
    ThreadPage.Root grave = page("graves", Order.NEWEST, Place.start(true), 50).roots().get(0);

    assertFalse(grave.comment().published());
    assertNull(grave.comment().html());
    assertNull(grave.comment().name());
    assertNull(grave.replies().get(0).html());
    assertEquals("<p>text 402</p>", grave.replies().get(1).html());
  }

  @Test
  void finds_a_page_by_its_former_key_and_tells_the_present_one() throws Exception {
    assertEquals("talks", page("old/talks", Order.NEWEST, Place.start(true), 50).head().key());
  }

  @Test
  void an_unknown_page_is_an_empty_open_thread() throws Exception {
    ThreadPage page = page("nowhere", Order.NEWEST, Place.start(true), 50);

    assertEquals(0, page.head().count());
    assertTrue(page.head().open());
    assertEquals(List.of(), page.roots());
  }

  @Test
  void another_site_with_the_same_numbers_stays_its_own() throws Exception {
    ThreadPage page =
        await(
            new ThreadStore(database::readCurrent)
                .page(2, "talks", Order.NEWEST, Place.start(true), 50));

    assertEquals(List.of(300L), ids(page));
    assertEquals(1, page.head().count());
  }

  @Test
  void counts_many_pages_in_one_query() throws Exception {
    var counts =
        await(
            new CountStore(database::readCurrent)
                .counts(1, List.of("talks", "old/talks", "quiet", "nowhere")));

    assertEquals(12, counts.get("talks").published());
    assertEquals(12, counts.get("old/talks").published());
    assertEquals(0, counts.get("quiet").published());
    assertNull(counts.get("nowhere"));
  }

  @Test
  void the_latest_are_published_ones_of_the_site() throws Exception {
    var latest = await(new LatestStore(database::readCurrent).latest(1, 3));

    assertEquals(
        List.of(205L, 206L, 207L), latest.stream().map(one -> one.comment().id()).toList());
    assertEquals("talks", latest.get(0).pageKey());
  }

  private static ThreadPage page(String key, Order order, Place after, int limit) throws Exception {
    return await(new ThreadStore(database::readCurrent).page(1, key, order, after, limit));
  }

  private static List<Long> ids(ThreadPage page) {
    return page.roots().stream().map(root -> root.comment().id()).toList();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
