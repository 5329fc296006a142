package afterword.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.db.Database;
import afterword.db.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads the plans of the read side on a thread that is too large to be read whole. */
class ReadPlansIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final OffsetDateTime LATE = Place.start(true).createdAt();
  private static Vertx vertx;
  private static Database database;

  @BeforeAll
  static void fill() {
    vertx = Vertx.vertx();
    database = DATABASE.open(vertx);
    new Seed(DATABASE).site(1, "blog").page(1, 1, "large");
    // One thread of 20,000 comments among 3,000 of five, each a root with four replies.
    DATABASE.run(
        """
        insert into page (site_id, id, key, first_seen_at)
        select 1, id, 'small' || id, now() from generate_series(2, 3001) as id;
        insert into comment (site_id, id, thread_id, parent_id, root_id, depth, source, html, text, status, shown,
          rules_version, fingerprint, owner_token_hash, created_at)
        select 1, id, greatest(1, (id - 20001) / 5 + 2), nullif(id - (id - 1) % 5, id), id - (id - 1) % 5,
          ((id - 1) % 5 > 0)::int, 't', '<p>t</p>', 't', 'published', true, 1, 'f', 'o',
          timestamptz '2026-01-01' + id * interval '1 s'
        from generate_series(1, 35000) as id;
        insert into event (site_id, kind, thread_id, comment_id, root_id, delta, created_at)
        select 1, 'comment-added', thread_id, id, root_id, 1, now() from comment;
        insert into page_alias select 1, 'old/' || id, id from page;
        insert into thread_counter select 1, thread_id, count(*) from comment group by thread_id;
        insert into reply_counter select 1, root_id, count(*) from comment where depth > 0 group by root_id;
        insert into comment_score select 1, id, id % 7, id % 3 from comment;
        -- Half of the roots have ranks, as many above 0 as below, some of them of moments past.
        insert into comment_rank (site_id, comment_id, since, until, thread_id, rank, created_at, closed_at)
        select 1, id, moment, case when moment = 3 then 9223372036854775807 else moment + 1 end, thread_id,
          (id % 9000 + 1) * case when id % 4 < 2 then 1 else -1 end, created_at,
          case when moment < 3 then now() end
        from comment cross join generate_series(1, 3) as moment
        where parent_id is null and id % 2 = 0 and (moment = 3 or id % 40 = 0);
        update reader_position set xid = event.xid, event_id = event.id, moment = 3
        from (select xid, id from event order by xid desc, id desc limit 1) as event;
        analyze;
        """);
  }

  @AfterAll
  static void close() throws Exception {
    database.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void a_page_of_a_thread_is_index_scans_wherever_it_begins() throws Exception {
    for (Order order : Order.values()) {
      Place start = Place.start(order.descending());
      assertScansByIndex(ThreadSql.of(order), page(order, start), 700);
      assertScansByIndex(ThreadSql.of(order), page(order, at(0)), 700);
    }
  }

  @Test
  void the_best_are_index_scans_above_between_and_below() throws Exception {
    for (int rank : new int[] {9_000, 4_000, 1, 0, -1, -4_000}) {
      assertScansByIndex(ThreadSql.BEST, page(Order.BEST, at(rank)), 700);
    }
    assertScansByIndex(ThreadStore.RANK_NOW, Tuple.of(1, 1L), 60);
  }

  @Test
  void every_statement_at_once_as_the_benchmark_looks_at_them() {
    var wrong = ReadPlans.wrongOn(database, 1, "large", at(0).createdAt(), 1);
    wrong.forEach((statement, found) -> assertEquals(List.of(), found, statement));
  }

  @Test
  void replies_are_index_scans() throws Exception {
    Place start = Place.start(false);
    assertScansByIndex(ReplyStore.AFTER, Tuple.of(1, 1L, start.createdAt(), start.id(), 51), 60);
    assertScansByIndex(ReplyStore.UP_TO, Tuple.of(1, 1L, LATE, Long.MAX_VALUE, 100), 110);
    assertScansByIndex(ReplyStore.SHOWN, Tuple.of(1, 7L), 60);
  }

  @Test
  void counts_of_a_hundred_pages_are_index_scans() throws Exception {
    String[] pages = new String[100];
    for (int i = 0; i < pages.length; i++) pages[i] = i == 0 ? "large" : "small" + (i + 1);
    assertScansByIndex(CountStore.COUNTS, Tuple.of(1).addArrayOfString(pages), 110);
  }

  @Test
  void the_latest_and_the_feeds_and_links_to_comments_are_index_scans() throws Exception {
    assertScansByIndex(LatestStore.LATEST, Tuple.of(1, 20), 60);
    assertScansByIndex(FeedStore.LATEST_OF_PAGE, Tuple.of(1, "large", 50), 60);
    assertScansByIndex(PermalinkApi.PAGE_OF, Tuple.of(1, 7L), 60);
  }

  /** Somewhere in the middle of the large thread. */
  private static Place at(int rank) {
    OffsetDateTime createdAt = OffsetDateTime.of(2026, 1, 1, 3, 0, 0, 0, ZoneOffset.UTC);
    return new Place(false, rank, createdAt, 10_000, 3);
  }

  private static Tuple page(Order order, Place after) {
    return ThreadStore.parameters(1, "large", order, after, 50);
  }

  private static void assertScansByIndex(String sql, Tuple parameters, int most) {
    String plan = ReadPlans.plan(database, sql, parameters);
    assertEquals(List.of(), ReadPlans.wrong(plan, most), plan);
  }
}
