package afterword.thread;

import afterword.db.Database;
import afterword.model.Site;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Comments by number as they are this moment, for those who are told of changes. */
public final class PublicComments {
  private final Database database;

  public PublicComments(Database database) {
    this.database = database;
  }

  private static final String PUBLISHED =
      """
      select %COLUMNS%
      from comment
      where site_id = $1 and id = any($2) and status = 'published'
      """
          .replace("%COLUMNS%", ShownComment.COLUMNS);

  /**
   * Each as JSON in the form of {@code GET …/comments/{id}}; those that are not public are left
   * out.
   */
  public Future<Map<Long, Buffer>> published(Site site, List<Long> ids) {
    var parameters = Tuple.of(site.id()).addArrayOfLong(ids.toArray(Long[]::new));
    return database
        .readCurrent(reads -> reads.preparedQuery(PUBLISHED).execute(parameters))
        .map(
            rows -> {
              Map<Long, Buffer> idToJson = new HashMap<>();
              rows.forEach(
                  row -> {
                    ShownComment comment = ShownComment.of(row, 0);
                    idToJson.put(comment.id(), ThreadJson.one(site, comment));
                  });
              return idToJson;
            });
  }

  private static final String COUNT =
      """
      select coalesce((select published from thread_counter where site_id = $1 and thread_id = $2), 0)
        + coalesce((
          select sum(delta) from event
          where site_id = $1 and thread_id = $2 and (xid, id) > (
            (select xid from reader_position where reader = 'counters'),
            (select event_id from reader_position where reader = 'counters'))), 0)::bigint
      """;

  /** How many published comments a thread has. */
  public Future<Long> count(Site site, long thread) {
    return database
        .readCurrent(reads -> reads.preparedQuery(COUNT).execute(Tuple.of(site.id(), thread)))
        .map(rows -> rows.iterator().next().getLong(0));
  }
}
