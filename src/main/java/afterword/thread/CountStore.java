package afterword.thread;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many published comments pages have: what is folded, and what is not folded yet. */
final class CountStore {
  private final Database database;

  CountStore(Database database) {
    this.database = database;
  }

  static final String COUNTS =
      """
      with folded as materialized (
        select xid, event_id from reader_position where reader = 'counters'
      ),
      found as materialized (
        select asked.key, coalesce(page.id, page_alias.page_id) as thread_id
        from unnest($2::text[]) as asked (key)
          left join page on page.site_id = $1 and page.key = asked.key
          left join page_alias on page_alias.site_id = $1 and page_alias.key = asked.key
      )
      select found.key, found.thread_id,
        coalesce(thread_counter.published, 0) + coalesce(fresh.comments, 0)::bigint as counted
      from found
        left join thread_counter on thread_counter.site_id = $1 and thread_counter.thread_id = found.thread_id
        left join lateral (
          select sum(delta) as comments
          from event
          where site_id = $1 and thread_id = found.thread_id
            and (xid, id) > ((select xid from folded), (select event_id from folded))
        ) as fresh on true
      where found.thread_id is not null
      """;

  /** Pages that nobody commented are not in the answer. */
  Future<Map<String, Count>> counts(int site, List<String> keys) {
    Tuple parameters = Tuple.of(site).addArrayOfString(keys.toArray(String[]::new));
    return database
        .read(reads -> reads.preparedQuery(COUNTS).execute(parameters))
        .map(
            rows -> {
              Map<String, Count> counts = new HashMap<>();
              rows.forEach(
                  row -> counts.put(row.getString(0), new Count(row.getLong(1), row.getLong(2))));
              return counts;
            });
  }

  record Count(long threadId, long published) {}
}
