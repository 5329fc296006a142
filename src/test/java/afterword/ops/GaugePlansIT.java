package afterword.ops;

import afterword.bench.PendingComments;
import afterword.db.Database;
import afterword.db.QueryPlan;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the gauges ask every few seconds goes over the connections of the readers, and must not grow
 * with what was said and done long ago.
 */
class GaugePlansIT {
  private static final int PUBLISHED = 20_000;
  private static final int PENDING = 100;

  private static Vertx vertx;
  private static RunningService running;
  private static Database database;

  @BeforeAll
  static void fill() {
    vertx = Vertx.vertx();
    running = new RunningService(SiteSettings.DEFAULTS);
    PendingComments.fill(running.database(), 1, PUBLISHED, PENDING);
    running.database().settle();
    running
        .database()
        .run(
            """
            update reader_position set xid = last.xid, event_id = last.id
            from (select xid, id from event order by xid desc, id desc limit 1) last;
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
  void the_figures_of_operators_read_what_waits_alone() throws Exception {
    QueryPlan.of(database, DatabaseGauges.WAITING, Tuple.of(60.0))
        .assertNoStepTouchesMoreThan(2 * PENDING);
  }
}
