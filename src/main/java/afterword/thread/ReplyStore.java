package afterword.thread;

import afterword.db.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Replies below one root, in time order, and where a comment stands in its thread. */
final class ReplyStore {
  private final Reads reads;

  ReplyStore(Reads reads) {
    this.reads = reads;
  }

  static final String AFTER =
      """
      select %COLUMNS%
      from comment
      where site_id = $1 and root_id = $2 and shown and parent_id is not null
        and (created_at, id) > ($3, $4)
      order by created_at, id
      limit $5
      """
          .replace("%COLUMNS%", ShownComment.COLUMNS);

  Future<List<ShownComment>> after(int site, long root, Place place, int limit) {
    return list(AFTER, Tuple.of(site, root, place.createdAt(), place.id(), limit));
  }

  static final String UP_TO =
      """
      select %COLUMNS%
      from comment
      where site_id = $1 and root_id = $2 and shown and parent_id is not null
        and (created_at, id) <= ($3, $4)
      order by created_at desc, id desc
      limit $5
      """
          .replace("%COLUMNS%", ShownComment.COLUMNS);

  /** The replies that end with the given one, in time order. */
  Future<List<ShownComment>> upTo(int site, ShownComment reply, int limit) {
    return list(UP_TO, Tuple.of(site, reply.rootId(), reply.createdAt(), reply.id(), limit))
        .map(
            latestFirst -> {
              Collections.reverse(latestFirst);
              return latestFirst;
            });
  }

  static final String SHOWN =
      """
      select thread_id, %COLUMNS%
      from comment
      where site_id = $1 and id = $2 and shown
      """
          .replace("%COLUMNS%", ShownComment.COLUMNS);

  /** Empty where there is none, or none that may be seen. */
  Future<Optional<Standing>> shown(int site, long id) {
    return reads
        .read(client -> client.preparedQuery(SHOWN).execute(Tuple.of(site, id)))
        .map(ReplyStore::first);
  }

  /** A comment and the thread it stands in. */
  record Standing(long threadId, ShownComment comment) {}

  private static Optional<Standing> first(RowSet<Row> rows) {
    for (Row row : rows) return Optional.of(new Standing(row.getLong(0), ShownComment.of(row, 1)));
    return Optional.empty();
  }

  private Future<List<ShownComment>> list(String sql, Tuple parameters) {
    return reads
        .read(client -> client.preparedQuery(sql).execute(parameters))
        .map(
            rows -> {
              List<ShownComment> comments = new ArrayList<>(rows.size());
              rows.forEach(row -> comments.add(ShownComment.of(row, 0)));
              return comments;
            });
  }
}
