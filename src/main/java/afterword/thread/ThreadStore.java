package afterword.thread;

import afterword.db.Reads;
import afterword.model.Mode;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of a thread by keyset scans: as fast at 200,000 comments as at 1,000, and never a
 * recursion.
 */
final class ThreadStore {
  private static final int INLINE_REPLIES = 3;

  private final Reads reads;

  ThreadStore(Reads reads) {
    this.reads = reads;
  }

  private static final int MOMENT = 8;
  private static final int RANK = 9;
  private static final int COMMENT = 10;

  /** The row of the page has them where those of comments have version and time. */
  private static final int CLOSE_AFTER_DAYS = COMMENT + 11;

  private static final int ARTICLE_AT = COMMENT + 12;

  /**
   * @param after {@link Place#start} for the first page
   */
  Future<ThreadPage> page(int site, String key, Order order, Place after, int limit) {
    Tuple parameters = parameters(site, key, order, after, limit);
    return reads
        .read(client -> client.preparedQuery(ThreadSql.of(order)).execute(parameters))
        .map(rows -> arranged(rows, key, order, limit));
  }

  /** See {@link ThreadSql}. */
  static Tuple parameters(int site, String key, Order order, Place after, int limit) {
    Place others = after.pinned() ? Place.start(order.descending()) : after;
    Tuple parameters =
        Tuple.tuple()
            .addInteger(site)
            .addString(key)
            .addBoolean(after.pinned())
            .addOffsetDateTime(after.createdAt())
            .addLong(after.id())
            .addOffsetDateTime(others.createdAt())
            .addLong(others.id())
            .addInteger(limit + 1)
            .addInteger(INLINE_REPLIES + 1);
    if (order != Order.BEST) return parameters;
    Place unranked = others.amongUnranked();
    return parameters
        .addInteger(others.rank())
        .addLong(after.moment())
        .addOffsetDateTime(unranked.createdAt())
        .addLong(unranked.id());
  }

  static final String RANK_NOW =
      """
      select moment, coalesce((
        select rank from comment_rank where site_id = $1 and comment_id = $2 and closed_at is null), 0)
      from reader_position where reader = 'counters'
      """;

  /** Where a root stands at present. */
  Future<Place> placeOf(int site, ShownComment root, Order order) {
    if (order != Order.BEST) return Future.succeededFuture(Place.of(root));
    return reads
        .read(client -> client.preparedQuery(RANK_NOW).execute(Tuple.of(site, root.id())))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Place(
                  root.pinned(), row.getInteger(1), root.createdAt(), root.id(), row.getLong(0));
            });
  }

  /** The scans are in order, but what the planner joins to them need not be: the order is ours. */
  private static ThreadPage arranged(RowSet<Row> rows, String key, Order order, int limit) {
    ThreadPage.Head head = null;
    List<Row> rootRows = new ArrayList<>();
    Map<Long, List<ShownComment>> rootToReplies = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.getLong(COMMENT) == null) {
        head = head(row);
        continue;
      }
      ShownComment comment = ShownComment.of(row, COMMENT);
      if (comment.isRoot()) rootRows.add(row);
      else rootToReplies.computeIfAbsent(comment.rootId(), id -> new ArrayList<>()).add(comment);
    }
    if (head == null) return ThreadPage.empty(key);
    rootToReplies.values().forEach(replies -> replies.sort(IN_TIME));
    List<ThreadPage.Root> roots = new ArrayList<>();
    for (Row row : rootRows) roots.add(root(row, rootToReplies));
    roots.sort(inOrder(order));
    boolean more = roots.size() > limit;
    return new ThreadPage(head, more ? roots.subList(0, limit) : roots, more);
  }

  private static final Comparator<ShownComment> IN_TIME =
      Comparator.comparing(ShownComment::createdAt).thenComparing(ShownComment::id);

  private static Comparator<ThreadPage.Root> inOrder(Order order) {
    Comparator<ThreadPage.Root> pinnedFirst =
        Comparator.comparing(root -> !root.comment().pinned());
    Comparator<ThreadPage.Root> byRank = Comparator.comparing(root -> -root.rank());
    return pinnedFirst
        .thenComparing(byRank)
        .thenComparing(ThreadPage.Root::comment, order.descending() ? IN_TIME.reversed() : IN_TIME);
  }

  private static ThreadPage.Root root(Row row, Map<Long, List<ShownComment>> rootToReplies) {
    ShownComment comment = ShownComment.of(row, COMMENT);
    List<ShownComment> replies = rootToReplies.getOrDefault(comment.id(), List.of());
    boolean more = replies.size() > INLINE_REPLIES;
    List<ShownComment> first = more ? replies.subList(0, INLINE_REPLIES) : replies;
    Optional<Place> rest =
        more ? Optional.of(Place.of(first.get(INLINE_REPLIES - 1))) : Optional.empty();
    return new ThreadPage.Root(
        comment, row.getInteger(RANK), row.getLong(COMMENT - 4), first, rest);
  }

  private static ThreadPage.Head head(Row row) {
    return new ThreadPage.Head(
        row.getLong(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getBoolean(4),
        Optional.ofNullable(row.getString(5)).map(Mode::of),
        row.getLong(6),
        Optional.ofNullable(row.getString(7)).orElse("0"),
        row.getLong(MOMENT),
        Optional.ofNullable(row.getInteger(CLOSE_AFTER_DAYS)),
        Optional.ofNullable(row.getOffsetDateTime(ARTICLE_AT)).map(OffsetDateTime::toInstant));
  }
}
