package afterword.thread;

import afterword.db.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** The newest published comments of one page. */
final class FeedStore {
  private final Reads reads;

  FeedStore(Reads reads) {
    this.reads = reads;
  }

  static final String LATEST_OF_PAGE =
      """
      with found as materialized (
        select id, key, url, title
        from page
        where site_id = $1
          and id = coalesce(
            (select id from page where site_id = $1 and key = $2),
            (select page_id from page_alias where site_id = $1 and key = $2))
      )
      select found.id, found.key, found.url, found.title, shown.*
      from found
        left join (
          select %COLUMNS%
          from comment
          where site_id = $1 and thread_id = (select id from found) and status = 'published'
          order by created_at desc, id desc
          limit $3
        ) as shown on true
      order by shown.created_at desc, shown.id desc
      """
          .replace("%COLUMNS%", ShownComment.COLUMNS);

  /**
   * @param threadId 0 where the page is unknown
   */
  record PageFeed(long threadId, List<LatestStore.Latest> latest) {}

  Future<PageFeed> latest(int site, String pageKey, int limit) {
    return reads
        .read(
            client -> client.preparedQuery(LATEST_OF_PAGE).execute(Tuple.of(site, pageKey, limit)))
        .map(
            rows -> {
              long thread = ReadCache.UNKNOWN_PAGE;
              List<LatestStore.Latest> latest = new ArrayList<>(rows.size());
              for (var row : rows) {
                thread = row.getLong(0);
                if (row.getLong(4) == null) continue;
                latest.add(
                    new LatestStore.Latest(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        ShownComment.of(row, 4)));
              }
              return new PageFeed(thread, latest);
            });
  }
}
