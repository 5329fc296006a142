package afterword.thread;

import afterword.db.Database;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the database goes about the statements of reading, and what would be wrong about that. */
public final class ReadPlans {
  /** A table that is empty is read as a whole, which is nothing. */
  private static final Pattern WHOLE_TABLE =
      Pattern.compile(
          "Seq Scan on (comment|event|thread_counter|reply_counter|comment_score|comment_rank|page|page_alias)\\b"
              + "[^\\n]*(?<!actual rows=0\\.00 loops=\\d{1,9}\\))(?<!never executed\\))\\n");

  private static final Pattern ROWS =
      Pattern.compile("actual rows=(\\d+)(?:\\.\\d+)? loops=(\\d+)");
  private static final Pattern FILTERED = Pattern.compile("Rows Removed by Filter: (\\d+)");
  private static final Pattern LARGE_SORT = Pattern.compile("Sort Method: (?!quicksort|top-N)");

  private ReadPlans() {}

  /** As executed, with a plan that serves for all parameters. */
  static String plan(Database database, String sql, Tuple parameters) {
    try {
      var rows =
          database
              .write(
                  tx ->
                      tx.query("set local plan_cache_mode = force_generic_plan")
                          .execute()
                          .compose(
                              set ->
                                  tx.preparedQuery(
                                          "explain (analyze, costs off, timing off) " + sql)
                                      .execute(parameters)))
              .await(20, TimeUnit.SECONDS);
      var text = new StringBuilder();
      rows.forEach(row -> text.append(row.getString(0)).append('\n'));
      return text.toString();
    } catch (TimeoutException late) {
      throw new AssertionError("no plan within 20 s", late);
    }
  }

  /**
   * @param most rows that any step of the plan may touch
   */
  static List<String> wrong(String plan, int most) {
    var wrong = new ArrayList<String>();
    Matcher whole = WHOLE_TABLE.matcher(plan);
    if (whole.find()) wrong.add("reads a whole table: " + whole.group().strip());
    if (LARGE_SORT.matcher(plan).find()) wrong.add("sorts more than a page");
    Matcher rows = ROWS.matcher(plan);
    while (rows.find()) {
      long touched = Long.parseLong(rows.group(1)) * Long.parseLong(rows.group(2));
      if (touched > most) wrong.add("touches " + touched + " rows");
    }
    Matcher filtered = FILTERED.matcher(plan);
    while (filtered.find())
      if (Long.parseLong(filtered.group(1)) > most) wrong.add("removes " + filtered.group(1));
    return wrong;
  }

  /**
   * What is wrong with the plan of each statement, on a thread of any size.
   *
   * @param key of the thread's page
   * @param middle about the middle of the thread
   * @param root one of its roots
   */
  public static Map<String, List<String>> wrongOn(
      Database database, int site, String key, OffsetDateTime middle, long root) {
    var statementToWrong = new LinkedHashMap<String, List<String>>();
    for (Order order : Order.values()) {
      for (Place place :
          List.of(Place.start(order.descending()), new Place(false, 0, middle, 0, 0))) {
        String name = "a page of the " + order.word() + " from " + place.createdAt();
        Tuple page = ThreadStore.parameters(site, key, order, place, 50);
        statementToWrong.put(name, wrong(plan(database, ThreadSql.of(order), page), 700));
      }
    }
    Place start = Place.start(false);
    Map<String, Tuple> statements = new LinkedHashMap<>();
    statements.put(ReplyStore.AFTER, Tuple.of(site, root, start.createdAt(), start.id(), 51));
    statements.put(ReplyStore.UP_TO, Tuple.of(site, root, middle, Long.MAX_VALUE, 100));
    statements.put(ReplyStore.SHOWN, Tuple.of(site, root));
    statements.put(CountStore.COUNTS, Tuple.of(site).addArrayOfString(new String[] {key, "none"}));
    statements.put(LatestStore.LATEST, Tuple.of(site, 20));
    statements.put(FeedStore.LATEST_OF_PAGE, Tuple.of(site, key, 50));
    statements.put(PermalinkApi.PAGE_OF, Tuple.of(site, root));
    statements.put(ThreadStore.RANK_NOW, Tuple.of(site, root));
    statements.forEach(
        (sql, parameters) ->
            statementToWrong.put(sql, wrong(plan(database, sql, parameters), 120)));
    return statementToWrong;
  }
}
