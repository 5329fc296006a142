package afterword.moderation;

import afterword.bench.PendingComments;
import afterword.db.Database;
import afterword.db.QueryPlan;
import afterword.journeys.RunningService;
import afterword.model.PublicId;
import afterword.model.SiteSettings;
import afterword.moderation.QueueStore.Place;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Reads the plans of the queue on a site that is too large to be read whole; {@code
 * -Dqueue.published=1000000} makes it as large as the design asks for, with a twentieth pending.
 */
class QueuePlansIT {
  private static final int PUBLISHED = Integer.getInteger("queue.published", 40_000);
  private static final int PENDING = PUBLISHED / 20;
  private static final int CARDS = 20;
  private static final int SITE = 1;

  private static Vertx vertx;
  private static RunningService running;
  private static Database database;

  @BeforeAll
  static void fill() {
    vertx = Vertx.vertx();
    running = new RunningService(SiteSettings.DEFAULTS);
    PendingComments.fill(running.database(), 1, PUBLISHED, PENDING);
    running
        .database()
        .run(
            """
            insert into decision (site_id, id, moderator_id, action, created_at)
            select site_id, id, 1, 'approve', decided_at from comment where decided_at is not null;
            insert into decision_item (site_id, decision_id, comment_id, status_before, version_before, status_after,
              version_after)
            select site_id, id, id, 'pending', 1, 'published', 2 from comment where decided_at is not null;
            insert into comment_revision (site_id, comment_id, version, source, html, text, written_at, replaced_at)
            select site_id, id, 1, source, html, text, created_at, decided_at from comment where decided_at is not null;
            """);
    running.database().run("vacuum analyze");
    database = running.database().open(vertx);
  }

  @AfterAll
  static void close() throws Exception {
    database.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
    running.close();
  }

  @Test
  void a_page_is_index_scans_in_every_order_wherever_it_begins() throws Exception {
    for (Order order : Order.values()) {
      Filter filter = filter(Map.of("order", order.word()));
      Place start = order == Order.NEWEST ? QueueStore.NEWEST : QueueStore.OLDEST;
      assertFewRows(filter, start, CARDS + 1);
      assertFewRows(filter, middle(), CARDS + 2);
    }
  }

  @Test
  void what_was_decided_is_index_scans_too() throws Exception {
    for (String status : List.of("published", "rejected", "spam", "deleted")) {
      Filter filter = filter(Map.of("status", status, "order", "newest"));
      assertFewRows(filter, QueueStore.NEWEST, CARDS + 1);
    }
  }

  @Test
  void an_author_is_found_without_reading_the_queue() throws Exception {
    String author = new PublicId(SITE, 5).toString();
    assertFewRows(filter(Map.of("author", author)), QueueStore.OLDEST, PENDING / 100);
  }

  @Test
  void the_counter_reads_no_more_than_it_can_say() throws Exception {
    Tuple parameters = Tuple.of(new Integer[] {SITE}, QueueStore.MANY);
    QueryPlan.of(database, QueueStore.WAITING, parameters)
        .assertNoStepTouchesMoreThan((int) QueueStore.MANY);
  }

  @Test
  void twenty_cards_with_all_that_belongs_to_them_are_index_scans() throws Exception {
    QueryPlan.of(database, CardQueries.CARDS, wanted()).assertNoStepTouchesMoreThan(CARDS * 2);
    QueryPlan.of(database, CardQueries.CONTEXT, wanted()).assertNoStepTouchesMoreThan(CARDS * 10);
    // The numbers of comments are counted up to a thousand, in an index that holds all of it.
    QueryPlan.of(database, CardQueries.AUTHORS, wanted().addOffsetDateTime(now()))
        .assertNoStepTouchesMoreThan(2 * 1_000 + CARDS * 50);
    QueryPlan.of(database, CardQueries.SIMILAR, wanted()).assertNoStepTouchesMoreThan(CARDS * 100);
  }

  /** The oldest that wait; the fiftieth of them is by somebody who writes a lot. */
  private static Tuple wanted() {
    Integer[] sites = new Integer[CARDS];
    Arrays.fill(sites, SITE);
    Long[] ids =
        LongStream.rangeClosed(PUBLISHED + 41, PUBLISHED + 60).boxed().toArray(Long[]::new);
    return Tuple.tuple().addArrayOfInteger(sites).addArrayOfLong(ids);
  }

  private static void assertFewRows(Filter filter, Place after, int most) throws Exception {
    var query = QueueQuery.of(List.of(SITE), filter, null, after, CARDS + 1);
    QueryPlan.of(database, query.sql, query.parameters).assertNoStepTouchesMoreThan(most);
  }

  private static Filter filter(Map<String, String> given) {
    return Filter.of(given, Instant.now());
  }

  /** In the middle of what waits. */
  private static Place middle() {
    OffsetDateTime first = OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    long row = PUBLISHED + PENDING / 2;
    return new Place(first.plusSeconds(row), SITE, row);
  }

  private static OffsetDateTime now() {
    return Instant.now().atOffset(ZoneOffset.UTC);
  }
}
