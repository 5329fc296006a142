package afterword.moderation;

import afterword.db.Database;
import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds comments for moderators, page by page, in the order asked for. */
final class QueueStore {
  private final Database database;

  QueueStore(Database database) {
    this.database = database;
  }

  /** Where a page of the queue begins: behind this comment. */
  record Place(OffsetDateTime time, int site, long id) {}

  static final Place OLDEST = new Place(Instant.EPOCH.atOffset(ZoneOffset.UTC), 0, 0);
  static final Place NEWEST =
      new Place(Instant.parse("9999-01-01T00:00:00Z").atOffset(ZoneOffset.UTC), 0, 0);
  static final long MANY = 1_000;

  /** Also what this moderator has just decided on another process: never from a replica. */
  Future<List<PublicId>> page(
      Collection<Integer> sites, Filter filter, Optional<Place> after, int limit) {
    return threads(sites, filter)
        .compose(
            threads -> {
              if (threads.isPresent() && threads.get().length == 0)
                return Future.succeededFuture(List.of());
              var start = filter.order() == Order.NEWEST ? NEWEST : OLDEST;
              var query =
                  QueueQuery.of(sites, filter, threads.orElse(null), after.orElse(start), limit);
              return database
                  .readCurrent(client -> client.preparedQuery(query.sql).execute(query.parameters))
                  .map(QueueStore::ids);
            });
  }

  private static final String THREADS =
      """
      select id from page where site_id = any($1::int[]) and key = $2
      union
      select page_id from page_alias where site_id = any($1::int[]) and key = $2
      """;

  private Future<Optional<Long[]>> threads(Collection<Integer> sites, Filter filter) {
    if (filter.page().isEmpty()) return Future.succeededFuture(Optional.empty());
    return database
        .readCurrent(
            client ->
                client
                    .preparedQuery(THREADS)
                    .execute(Tuple.of(sites.toArray(Integer[]::new), filter.page().get())))
        .map(
            rows -> {
              var threads = new ArrayList<Long>();
              for (Row row : rows) threads.add(row.getLong(0));
              return Optional.of(threads.toArray(Long[]::new));
            });
  }

  private static List<PublicId> ids(RowSet<Row> rows) {
    var ids = new ArrayList<PublicId>(rows.size());
    for (Row row : rows) ids.add(new PublicId(row.getInteger(0), row.getLong(1)));
    return ids;
  }

  /** Index entries of one status only; a thousand are enough to say "many". */
  static final String WAITING =
      """
      select count(*) from (
        select from unnest($1::int[]) as visible (site_id)
        cross join lateral (
          select from comment where site_id = visible.site_id and status = 'pending' limit $2
        ) waiting
        limit $2
      ) counted
      """;

  /** How many comments wait for a decision, {@link #MANY} for that many or more. */
  Future<Long> waiting(Collection<Integer> sites) {
    return database
        .readCurrent(
            client ->
                client
                    .preparedQuery(WAITING)
                    .execute(Tuple.of(sites.toArray(Integer[]::new), MANY)))
        .map(rows -> rows.iterator().next().getLong(0));
  }
}
