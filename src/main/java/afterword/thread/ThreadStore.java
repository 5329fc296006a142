package afterword.thread;

import afterword.db.Database;
import afterword.model.Mode;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
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

  private final Database database;

  ThreadStore(Database database) {
    this.database = database;
  }

  /**
   * The head of the thread in the first row, then roots, then replies. Thread and root are looked
   * up as scalars, because a join would make the planner sort the whole thread.
   *
   * <p>$1 site, $2 page key, $3 whether pinned roots may follow, $4 $5 the place among those, $6 $7
   * the place among the others, $8 roots, $9 replies of each.
   */
  private static final String PAGE =
      """
      with found as materialized (
        select id, key, url, title, closed_at is null as open, mode
        from page
        where site_id = $1
          and id = coalesce(
            (select id from page where site_id = $1 and key = $2),
            (select page_id from page_alias where site_id = $1 and key = $2))
      ),
      folded as materialized (
        select xid, event_id from reader_position where reader = 'counters'
      ),
      fresh as materialized (
        select root_id, sum(delta) as comments,
          coalesce(sum(delta) filter (where comment_id <> root_id), 0) as replies
        from event
        where site_id = $1 and thread_id = (select id from found)
          and (xid, id) > ((select xid from folded), (select event_id from folded))
        group by root_id
      ),
      root as materialized (
        (select %COLUMNS%
        from comment
        where site_id = $1 and thread_id = (select id from found) and shown and parent_id is null
          and pinned and $3 and (created_at, id) %AFTER% ($4, $5)
        order by created_at %DIRECTION%, id %DIRECTION%
        limit $8)
        union all
        (select %COLUMNS%
        from comment
        where site_id = $1 and thread_id = (select id from found) and shown and parent_id is null
          and not pinned and (created_at, id) %AFTER% ($6, $7)
        order by created_at %DIRECTION%, id %DIRECTION%
        limit $8)
        limit $8
      )
      select found.id, found.key, found.url, found.title, found.open, found.mode,
        coalesce((select published from thread_counter where site_id = $1 and thread_id = found.id), 0)
          + coalesce((select sum(comments) from fresh), 0)::bigint as counted,
        (select xid || '-' || id from event
          where site_id = $1 and thread_id = found.id and xid < pg_snapshot_xmin(pg_current_snapshot())
          order by xid desc, id desc
          limit 1) as version,
        null::bigint, null::bigint, null::bigint, null::smallint, null::boolean, null::boolean, null::bigint,
        null::text, null::text, null::text, null::text, null::integer, null::timestamptz, null::timestamptz
      from found
      union all
      select null, null, null, null, null, null,
        coalesce(reply_counter.published, 0) + coalesce(fresh.replies, 0)::bigint, null, root.*
      from root
        left join reply_counter on reply_counter.site_id = $1 and reply_counter.root_id = root.id
        left join fresh on fresh.root_id = root.id
      union all
      select null, null, null, null, null, null, 0, null, reply.*
      from root cross join lateral (
        select %COLUMNS%
        from comment
        where site_id = $1 and comment.root_id = root.id and shown and parent_id is not null
        order by created_at, id
        limit $9
      ) as reply
      """
          .replace("%COLUMNS%", ShownComment.COLUMNS);

  static final String NEWEST = PAGE.replace("%AFTER%", "<").replace("%DIRECTION%", "desc");
  static final String OLDEST = PAGE.replace("%AFTER%", ">").replace("%DIRECTION%", "asc");

  private static final int COMMENT = 8;

  /**
   * @param after {@link Place#start} for the first page
   */
  Future<ThreadPage> page(int site, String key, Order order, Place after, int limit) {
    Place start = Place.start(order.descending());
    Place others = after.pinned() ? start : after;
    var parameters =
        Tuple.of(
                site,
                key,
                after.pinned(),
                after.createdAt(),
                after.id(),
                others.createdAt(),
                others.id())
            .addInteger(limit + 1)
            .addInteger(INLINE_REPLIES + 1);
    return database
        .read(
            reads -> reads.preparedQuery(order.descending() ? NEWEST : OLDEST).execute(parameters))
        .map(rows -> arranged(rows, key, order, limit));
  }

  /** The scans are in order, but what the planner joins to them need not be: the order is ours. */
  private static ThreadPage arranged(RowSet<Row> rows, String key, Order order, int limit) {
    ThreadPage.Head head = null;
    var counts = new LinkedHashMap<ShownComment, Long>();
    Map<Long, List<ShownComment>> rootToReplies = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.getLong(COMMENT) == null) {
        head = head(row);
        continue;
      }
      ShownComment comment = ShownComment.of(row, COMMENT);
      if (comment.isRoot()) counts.put(comment, row.getLong(COMMENT - 2));
      else rootToReplies.computeIfAbsent(comment.rootId(), id -> new ArrayList<>()).add(comment);
    }
    if (head == null) return ThreadPage.empty(key);
    rootToReplies.values().forEach(replies -> replies.sort(IN_TIME));
    List<ThreadPage.Root> roots = new ArrayList<>();
    counts.forEach(
        (root, count) ->
            roots.add(root(root, count, rootToReplies.getOrDefault(root.id(), List.of()))));
    roots.sort(Comparator.comparing(ThreadPage.Root::comment, inOrder(order)));
    boolean more = roots.size() > limit;
    return new ThreadPage(head, more ? roots.subList(0, limit) : roots, more);
  }

  private static final Comparator<ShownComment> IN_TIME =
      Comparator.comparing(ShownComment::createdAt).thenComparing(ShownComment::id);

  private static Comparator<ShownComment> inOrder(Order order) {
    Comparator<ShownComment> pinnedFirst = Comparator.comparing(comment -> !comment.pinned());
    return pinnedFirst.thenComparing(order.descending() ? IN_TIME.reversed() : IN_TIME);
  }

  private static ThreadPage.Root root(
      ShownComment comment, long count, List<ShownComment> replies) {
    boolean more = replies.size() > INLINE_REPLIES;
    List<ShownComment> first = more ? replies.subList(0, INLINE_REPLIES) : replies;
    Optional<Place> rest =
        more ? Optional.of(Place.of(first.get(INLINE_REPLIES - 1))) : Optional.empty();
    return new ThreadPage.Root(comment, count, first, rest);
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
        Optional.ofNullable(row.getString(7)).orElse("0"));
  }
}
