package afterword.thread;

import afterword.db.Database;
import afterword.model.PublicId;
import afterword.model.Site;
import afterword.site.Origins;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Leads from a comment's id to the comment under its article, wherever that has moved. */
public final class PermalinkApi {
  private final Database database;
  private final Sites sites;

  public PermalinkApi(Database database, Sites sites) {
    this.database = database;
    this.sites = sites;
  }

  /** GET /c/{id} */
  public void show(RoutingContext ctx) {
    Future.succeededFuture()
        .map(begin -> PublicId.parse(ctx.pathParam("id")).orElseThrow(ThreadReader::noComment))
        .compose(
            id ->
                sites
                    .byId(id.site())
                    .compose(site -> address(site.orElseThrow(ThreadReader::noComment), id)))
        .onSuccess(
            address ->
                ctx.response()
                    .setStatusCode(302)
                    .putHeader(HttpHeaders.LOCATION, address)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=0, s-maxage=60")
                    .end())
        .onFailure(ctx::fail);
  }

  static final String PAGE_OF =
      """
      select page.key, page.url
      from comment
        join page on page.site_id = $1 and page.id = comment.thread_id
      where comment.site_id = $1 and comment.id = $2 and comment.shown
      """;

  private Future<String> address(Site site, PublicId id) {
    return database
        .readCurrent(reads -> reads.preparedQuery(PAGE_OF).execute(Tuple.of(site.id(), id.row())))
        .map(
            rows -> {
              for (Row row : rows) return address(site, id, row.getString(0), row.getString(1));
              throw ThreadReader.noComment();
            });
  }

  /** To the site's own origins only: whatever else is stored must not make us an open redirect. */
  private static String address(Site site, PublicId id, String key, String url) {
    String anchor = "#comment-" + id;
    if (url != null && Origins.of(url).filter(site::allows).isPresent())
      return url.split("#", 2)[0] + anchor;
    String page = URLEncoder.encode(key, StandardCharsets.UTF_8);
    return "/t?site=" + site.key() + "&page=" + page + "&around=" + id + anchor;
  }
}
