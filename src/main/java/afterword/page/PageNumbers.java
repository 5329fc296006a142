package afterword.page;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which page, and so which thread, a key or its alias stands for. */
public final class PageNumbers {
  private final Database database;

  public PageNumbers(Database database) {
    this.database = database;
  }

  private static final String FIND =
      """
      select asked.key, coalesce(page.id, page_alias.page_id) as id
      from unnest($2::text[]) as asked (key)
        left join page on page.site_id = $1 and page.key = asked.key
        left join page_alias on page_alias.site_id = $1 and page_alias.key = asked.key
      where coalesce(page.id, page_alias.page_id) is not null
      """;

  /** Keys that nobody has commented under are not in the answer. */
  public Future<Map<String, Long>> find(int site, List<String> keys) {
    var parameters = Tuple.of(site).addArrayOfString(keys.toArray(String[]::new));
    return database
        .readCurrent(reads -> reads.preparedQuery(FIND).execute(parameters))
        .map(
            rows -> {
              Map<String, Long> found = new HashMap<>();
              rows.forEach(row -> found.put(row.getString(0), row.getLong(1)));
              return found;
            });
  }
}
