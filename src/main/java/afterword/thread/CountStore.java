package afterword.thread;

import afterword.db.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many published comments pages have: what is folded, and what is not folded yet. */
final class CountStore {
  private final Reads reads;

  CountStore(Reads reads) {
    this.reads = reads;
  }

  /** Scalars again: joins would make the planner read every page of the site. */
  static final String COUNTS =
      """
      with folded as materialized (
        select xid, event_id from reader_position where reader = 'counters'
      ),
      found as materialized (
        select asked.key, coalesce(
          (select id from page where site_id = $1 and page.key = asked.key),
          (select page_id from page_alias where site_id = $1 and page_alias.key = asked.key)) as thread_id
        from unnest($2::text[]) as asked (key)
      )
      select found.key, found.thread_id,
        coalesce((
          select published from thread_counter
          where site_id = $1 and thread_counter.thread_id = found.thread_id), 0)
        + coalesce((
          select sum(delta) from event
          where site_id = $1 and event.thread_id = found.thread_id
            and (xid, id) > ((select xid from folded), (select event_id from folded))), 0)::bigint as counted
      from found
      where found.thread_id is not null
      """;

  /** Pages that nobody commented are not in the answer. */
  Future<Map<String, Count>> counts(int site, List<String> keys) {
    Tuple parameters = Tuple.of(site).addArrayOfString(keys.toArray(String[]::new));
    return reads
        .read(client -> client.preparedQuery(COUNTS).execute(parameters))
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
