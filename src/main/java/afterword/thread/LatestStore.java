package afterword.thread;

import afterword.db.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** The newest published comments of a site, each with its page. */
final class LatestStore {
  private final Reads reads;

  LatestStore(Reads reads) {
    this.reads = reads;
  }

  static final String LATEST =
      """
      select page.key, page.url, page.title, %COLUMNS%
      from comment
        join page on page.site_id = $1 and page.id = comment.thread_id
      where comment.site_id = $1 and comment.status = 'published'
      order by comment.created_at desc, comment.id desc
      limit $2
      """
          .replace("%COLUMNS%", ShownComment.COLUMNS);

  Future<List<Latest>> latest(int site, int limit) {
    return reads
        .read(client -> client.preparedQuery(LATEST).execute(Tuple.of(site, limit)))
        .map(
            rows -> {
              List<Latest> latest = new ArrayList<>(rows.size());
              rows.forEach(
                  row ->
                      latest.add(
                          new Latest(
                              row.getString(0),
                              row.getString(1),
                              row.getString(2),
                              ShownComment.of(row, 3))));
              return latest;
            });
  }

  record Latest(String pageKey, String pageUrl, String pageTitle, ShownComment comment) {}
}
