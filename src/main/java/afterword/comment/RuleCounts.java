package afterword.comment;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** What checks in shadow would have held. */
final class RuleCounts {
  /**
   * What became of the comments that a check in shadow would have held.
   *
   * @param wouldHold how many there were
   * @param turnedDown how many of them a moderator rejected, called spam or deleted
   */
  record Count(int wouldHold, int turnedDown) {
    static final Count NONE = new Count(0, 0);
  }

  private final Database database;

  RuleCounts(Database database) {
    this.database = database;
  }

  private static final String SHADOWS =
      """
      select code, count(*)::int,
        count(*) filter (where status in ('rejected', 'spam', 'deleted') and decided_at is not null)::int
      from comment cross join unnest(shadow) as would (code)
      where site_id = $1 and shadow is not null and created_at > $2
      group by code
      """;

  Future<Map<String, Count>> since(int site, Instant from) {
    return database
        .readLagging(
            reads ->
                reads.preparedQuery(SHADOWS).execute(Tuple.of(site, from.atOffset(ZoneOffset.UTC))))
        .map(
            rows -> {
              var counts = new HashMap<String, Count>();
              for (Row row : rows)
                counts.put(row.getString(0), new Count(row.getInteger(1), row.getInteger(2)));
              return counts;
            });
  }
}
