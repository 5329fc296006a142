package afterword.thread;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.db.Database;
import afterword.db.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
    database = Database.open(vertx, DATABASE.config());
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
        insert into thread_counter select 1, thread_id, count(*) from comment group by thread_id;
        insert into reply_counter select 1, root_id, count(*) from comment where depth > 0 group by root_id;
        update reader_position set xid = event.xid, event_id = event.id
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
  void a_page_of_a_thread_is_index_scans() throws Exception {
    Tuple first =
        Tuple.of(1, "large", true, LATE, Long.MAX_VALUE, LATE)
            .addLong(Long.MAX_VALUE)
            .addInteger(51)
            .addInteger(4);

    assertScansByIndex(ThreadStore.NEWEST, first, 700);
    assertScansByIndex(
        ThreadStore.OLDEST,
        Tuple.of(
                1,
                "large",
                true,
                Place.start(false).createdAt(),
                0L,
                Place.start(false).createdAt())
            .addLong(0L)
            .addInteger(51)
            .addInteger(4),
        700);
  }

  @Test
  void replies_counts_and_the_latest_are_index_scans() throws Exception {
    assertScansByIndex(
        ReplyStore.AFTER, Tuple.of(1, 1L, Place.start(false).createdAt(), 0L, 51), 60);
    assertScansByIndex(
        CountStore.COUNTS,
        Tuple.of(1).addArrayOfString(new String[] {"large", "small7", "none"}),
        60);
    assertScansByIndex(LatestStore.LATEST, Tuple.of(1, 20), 60);
  }

  /**
   * @param most rows that any step of the plan may touch
   */
  private static void assertScansByIndex(String sql, Tuple parameters, int most) throws Exception {
    String plan = plan(sql, parameters);

    assertFalse(
        plan.matches("(?s).*Seq Scan on (comment|event|thread_counter|reply_counter)\\b.*"), plan);
    var rows = Pattern.compile("actual rows=(\\d+)(?:\\.\\d+)? loops=(\\d+)").matcher(plan);
    while (rows.find()) {
      assertTrue(Long.parseLong(rows.group(1)) * Long.parseLong(rows.group(2)) <= most, plan);
    }
    var filtered = Pattern.compile("Rows Removed by Filter: (\\d+)").matcher(plan);
    while (filtered.find()) assertTrue(Long.parseLong(filtered.group(1)) <= most, plan);
  }

  private static String plan(String sql, Tuple parameters) throws Exception {
    var rows =
        database
            .write(
                tx ->
                    tx.query("set local plan_cache_mode = force_generic_plan")
                        .execute()
                        .compose(
                            set ->
                                tx.preparedQuery("explain (analyze, costs off, timing off) " + sql)
                                    .execute(parameters)))
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    var text = new StringBuilder();
    rows.forEach(row -> text.append(row.getString(0)).append('\n'));
    return text.toString();
  }
}
