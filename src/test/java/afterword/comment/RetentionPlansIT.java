package afterword.comment;

import afterword.bench.PendingComments;
import afterword.comment.RetentionStore.Texts;
import afterword.db.Database;
import afterword.db.QueryPlan;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is over is found without looking at what is kept, however much that is. */
class RetentionPlansIT {
  private static final int MANY = 20_000;
  private static final int BATCH = 50;

  @Test
  void a_batch_is_index_scans() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (var running = new RunningService(SiteSettings.DEFAULTS)) {
      PendingComments.fill(running.database(), 1, MANY, 0);
      running
          .database()
          .run(
              """
              update comment set status = (array['rejected', 'spam', 'deleted'])[1 + id % 3], shown = false
              where id % 2 = 0;
              insert into decision (site_id, id, moderator_id, action, created_at)
              select site_id, id, 1, 'reject', now() from comment;
              insert into decision_item (site_id, decision_id, comment_id, status_before, version_before, status_after,
                version_after)
              select site_id, id, id, 'pending', 1, 'rejected', 2 from comment;
              """);
      running.database().run("vacuum analyze");
      Database database = running.database().open(vertx);
      // Half of it is older.
      var before = OffsetDateTime.parse("2026-01-01T00:00:00Z").plusSeconds(MANY / 2);

      for (Texts texts : Texts.values())
        QueryPlan.of(database, texts.over(), Tuple.of(1, before, before.plusYears(1), BATCH))
            .assertNoStepTouchesMoreThan(2 * BATCH);
      QueryPlan.of(database, RetentionStore.FORGET, Tuple.of(1, before, BATCH))
          .assertNoStepTouchesMoreThan(2 * BATCH);
      database.close().await(10, TimeUnit.SECONDS);
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }
}
