package afterword.bench;

import afterword.db.Database;
import afterword.db.TestDatabase;
import afterword.thread.ReadPlans;
import io.vertx.core.Vertx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Looks at how the database goes about every statement of reading, on the largest thread that
 * {@code bin/bench seed} makes. Option: its {@code --data-dir=FOLDER}.
 */
final class PlansBench implements Benchmark {
  @Override
  public void measure(Run run) throws Exception {
    try (var database = BenchDatabase.open(run)) {
      SeedBench.fill(run, database);
      var owner = database.asOwner();
      String middle =
          owner.ask(
              "select to_char(percentile_disc(0.5) within group (order by created_at) at time zone 'UTC',"
                  + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from comment where site_id = 1 and thread_id = 1");
      String root =
          owner.ask(
              "select id from comment where site_id = 1 and thread_id = 1 and parent_id is null limit 1");
      Map<String, List<String>> statementToWrong =
          wrong(owner, OffsetDateTime.parse(middle), Long.parseLong(root));
      statementToWrong.forEach(
          (statement, wrong) -> {
            if (!wrong.isEmpty()) run.say("%s%n  %s", statement, String.join(", ", wrong));
          });
      run.figure("statements", statementToWrong.size(), "statements", Goal.stated());
      run.figure(
          "statements_not_by_index",
          statementToWrong.values().stream().filter(wrong -> !wrong.isEmpty()).count(),
          "statements",
          Goal.exactly(0));
    }
  }

  private static Map<String, List<String>> wrong(
      TestDatabase owner, OffsetDateTime middle, long root) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Database opened = owner.open(vertx);
      var statementToWrong = ReadPlans.wrongOn(opened, 1, "t1", middle, root);
      opened.close().await(10, TimeUnit.SECONDS);
      return statementToWrong;
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }
}
