package afterword.db;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** How PostgreSQL carried out a prepared statement, step by step, for whatever parameters. */
public record QueryPlan(String text) {
  private static final Pattern ROWS =
      Pattern.compile("actual rows=(\\d+)(?:\\.\\d+)? loops=(\\d+)");
  private static final Pattern FILTERED = Pattern.compile("Rows Removed by Filter: (\\d+)");
  private static final Pattern ON_DISK = Pattern.compile("Sort Method: (?!quicksort|top-N)");
  private static final String WHOLE_TABLE =
      "(?s).*Seq Scan on (comment|event|thread_counter|reply_counter|comment_score|comment_rank|page|page_alias"
          + "|commenter|decision|decision_item|comment_revision)\\b.*";

  public static QueryPlan of(Database database, String sql, Tuple parameters) throws Exception {
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
    return new QueryPlan(text.toString());
  }

  /** By indexes alone, and nowhere through many rows only to leave them out. */
  public void assertNoStepTouchesMoreThan(int most) {
    assertFalse(text.matches(WHOLE_TABLE), text);
    var rows = ROWS.matcher(text);
    while (rows.find())
      assertTrue(Long.parseLong(rows.group(1)) * Long.parseLong(rows.group(2)) <= most, text);
    assertFalse(ON_DISK.matcher(text).find(), text);
    var filtered = FILTERED.matcher(text);
    while (filtered.find()) assertTrue(Long.parseLong(filtered.group(1)) <= most, text);
  }
}
