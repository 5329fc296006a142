package afterword.thread;

/**
 * A page of a thread in one statement: its head in the first row, then roots, then replies. Thread
 * and root are looked up as scalars, because a join would make the planner sort the whole thread.
 *
 * <p>$1 site, $2 page key, $3 whether pinned roots may follow, $4 $5 the place among those, $6 $7
 * the place among the others, $8 roots, $9 replies of each; for the best also $10 rank of the place
 * and $11 its moment (0 for now), $12 $13 the place among those of rank 0.
 */
final class ThreadSql {
  private static final String PAGE =
      """
      with found as materialized (
        select id, key, url, title, closed_at is null as open, mode, close_after_days,
          coalesce(published_at, first_seen_at) as article_at
        from page
        where site_id = $1
          and id = coalesce(
            (select id from page where site_id = $1 and key = $2),
            (select page_id from page_alias where site_id = $1 and key = $2))
      ),
      folded as materialized (
        select xid, event_id, moment, forgotten from reader_position where reader = 'counters'
      ),
      fresh as materialized (
        select root_id, sum(delta) as comments,
          coalesce(sum(delta) filter (where comment_id <> root_id), 0) as replies
        from event
        where site_id = $1 and thread_id = (select id from found)
          and (xid, id) > ((select xid from folded), (select event_id from folded))
        group by root_id
      ),
      %ROOTS%
      select found.id, found.key, found.url, found.title, found.open, found.mode,
        coalesce((select published from thread_counter where site_id = $1 and thread_id = found.id), 0)
          + coalesce((select sum(comments) from fresh), 0)::bigint as counted,
        (select xid || '-' || id from event
          where site_id = $1 and thread_id = found.id and xid < pg_snapshot_xmin(pg_current_snapshot())
          order by xid desc, id desc
          limit 1) as version,
        %MOMENT% as moment, 0 as rank,
        null::bigint, null::bigint, null::bigint, null::smallint, null::boolean, null::boolean, null::bigint,
        null::text, null::text, null::text, null::text, close_after_days, article_at, null::timestamptz,
        null::bigint
      from found
      union all
      select null, null, null, null, null, null,
        coalesce(reply_counter.published, 0) + coalesce(fresh.replies, 0)::bigint, null, null, root.*
      from root
        left join reply_counter on reply_counter.site_id = $1 and reply_counter.root_id = root.id
        left join fresh on fresh.root_id = root.id
      union all
      select null, null, null, null, null, null, 0, null, null, 0, reply.*
      from root cross join lateral (
        select %COLUMNS%
        from comment
        where site_id = $1 and comment.root_id = root.id and shown and parent_id is not null
        order by created_at, id
        limit $9
      ) as reply
      """;

  private static final String PINNED =
      """
        (select 0 as rank, %COLUMNS%
        from comment
        where site_id = $1 and thread_id = (select id from found) and shown and parent_id is null
          and pinned and $3 and (created_at, id) %AFTER% ($4, $5)
        order by created_at %DIRECTION%, id %DIRECTION%
        limit $8)
      """;

  private static final String IN_TIME =
      """
      root as materialized (
      %PINNED%
        union all
        (select 0 as rank, %COLUMNS%
        from comment
        where site_id = $1 and thread_id = (select id from found) and shown and parent_id is null
          and not pinned and (created_at, id) %AFTER% ($6, $7)
        order by created_at %DIRECTION%, id %DIRECTION%
        limit $8)
        limit $8
      )
      """;

  /** Those that more people are for, then those without a rank by time, then the others. */
  private static final String BY_RANK =
      """
      at as materialized (
        select case when $11::bigint = 0 then moment else greatest($11, forgotten) end as moment from folded
      ),
      root as materialized (
      %PINNED%
        union all
        %RANKED_ABOVE%
        union all
        (select 0 as rank, %COLUMNS%
        from comment
        where site_id = $1 and thread_id = (select id from found) and shown and parent_id is null
          and not pinned and (created_at, id) < ($12, $13)
          and not exists (
            select from comment_rank
            where comment_rank.site_id = $1 and comment_rank.comment_id = comment.id
              and since <= (select moment from at) and until > (select moment from at))
        order by created_at desc, id desc
        limit $8)
        union all
        %RANKED_BELOW%
        limit $8
      )
      """;

  private static final String RANKED =
      """
      (select ranked.rank, %COLUMNS%
        from comment_rank as ranked
          cross join lateral (
            select * from comment
            where comment.site_id = $1 and comment.id = ranked.comment_id and comment.shown
              and not comment.pinned
            offset 0) as comment
        where ranked.site_id = $1 and ranked.thread_id = (select id from found) and ranked.rank %SIGN% 0
          and (ranked.rank, ranked.created_at, ranked.comment_id) < ($10, $6, $7)
          and ranked.since <= (select moment from at) and ranked.until > (select moment from at)
        order by ranked.rank desc, ranked.created_at desc, ranked.comment_id desc
        limit $8)
      """;

  static final String NEWEST = inTime("<", "desc");
  static final String OLDEST = inTime(">", "asc");
  static final String BEST =
      filled(
          PAGE.replace("%ROOTS%", BY_RANK)
              .replace("%RANKED_ABOVE%", RANKED.replace("%SIGN%", ">"))
              .replace("%RANKED_BELOW%", RANKED.replace("%SIGN%", "<"))
              .replace("%MOMENT%", "(select moment from at)"),
          "<",
          "desc");

  private ThreadSql() {}

  static String of(Order order) {
    return switch (order) {
      case NEWEST -> NEWEST;
      case OLDEST -> OLDEST;
      case BEST -> BEST;
    };
  }

  private static String inTime(String after, String direction) {
    return filled(
        PAGE.replace("%ROOTS%", IN_TIME).replace("%MOMENT%", "0::bigint"), after, direction);
  }

  private static String filled(String sql, String after, String direction) {
    return sql.replace("%PINNED%", PINNED)
        .replace("%AFTER%", after)
        .replace("%DIRECTION%", direction)
        .replace("%COLUMNS%", ShownComment.COLUMNS);
  }
}
