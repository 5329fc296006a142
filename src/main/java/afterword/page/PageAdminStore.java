package afterword.page;

import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The table of pages, as moderators see and change it. */
final class PageAdminStore {
  private static final String PAGES =
      """
      select p.site_id, p.id, s.key, p.key, p.url, p.title, p.published_at, p.first_seen_at, p.closed_at, p.mode,
        p.close_after_days,
        coalesce((select t.published from thread_counter t where t.site_id = p.site_id and t.thread_id = p.id), 0),
        (select count(*) from (select from comment c
          where c.site_id = p.site_id and c.thread_id = p.id and c.status = 'pending' limit 1000) waiting)
      from unnest($1::int[]) as visible (site_id)
      cross join lateral (
        select * from page
        where site_id = visible.site_id and id < $2::bigint and ($4::bigint is null or id = $4)
          and ($3::text is null or title ilike $3 or key ilike $3 or url ilike $3)
        order by id desc
        limit $5
      ) p
      join site s on s.id = p.site_id
      order by p.id desc
      limit $5
      """;

  /**
   * A page with its numbers.
   *
   * @param row its place: the newest come first
   */
  record Listed(long row, JsonObject json) {}

  /**
   * @param text that title, key or address hold
   * @param only one page, or all
   */
  Future<List<Listed>> list(
      SqlClient client,
      Collection<Integer> sites,
      long before,
      Optional<String> text,
      Long only,
      int limit) {
    String like = text.map(t -> "%" + t.replaceAll("([\\\\%_])", "\\\\$1") + "%").orElse(null);
    return client
        .preparedQuery(PAGES)
        .execute(
            Tuple.tuple()
                .addArrayOfInteger(sites.toArray(Integer[]::new))
                .addLong(before)
                .addString(like)
                .addLong(only)
                .addLong((long) limit))
        .map(
            rows -> {
              var pages = new ArrayList<Listed>();
              for (Row row : rows) pages.add(new Listed(row.getLong(1), json(row)));
              return pages;
            });
  }

  private static JsonObject json(Row row) {
    return new JsonObject()
        .put("id", new PublicId(row.getInteger(0), row.getLong(1)).toString())
        .put("site", row.getString(2))
        .put("key", row.getString(3))
        .put("url", row.getString(4))
        .put("title", row.getString(5))
        .put("publishedAt", utc(row.getOffsetDateTime(6)))
        .put("firstSeenAt", utc(row.getOffsetDateTime(7)))
        .put("open", row.getOffsetDateTime(8) == null)
        .put("mode", row.getString(9))
        .put("closeAfterDays", row.getInteger(10))
        .put("published", row.getLong(11))
        .put("waiting", row.getLong(12));
  }

  private static String utc(OffsetDateTime time) {
    return time == null ? null : time.toInstant().toString();
  }

  /** What a page shall be from now on; the site's own where mode and days are empty. */
  record Page(
      Optional<String> url,
      Optional<String> title,
      Optional<Instant> publishedAt,
      boolean open,
      Optional<String> mode,
      Optional<Integer> closeAfterDays) {}

  private static final String CURRENT =
      """
      select url, title, published_at, closed_at is null, mode, close_after_days from page
      where site_id = $1 and id = $2
      for update
      """;

  Future<Optional<Page>> lock(SqlClient tx, PublicId id) {
    return tx.preparedQuery(CURRENT)
        .execute(Tuple.of(id.site(), id.row()))
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              Row row = rows.iterator().next();
              return Optional.of(
                  new Page(
                      Optional.ofNullable(row.getString(0)),
                      Optional.ofNullable(row.getString(1)),
                      Optional.ofNullable(row.getOffsetDateTime(2)).map(OffsetDateTime::toInstant),
                      row.getBoolean(3),
                      Optional.ofNullable(row.getString(4)),
                      Optional.ofNullable(row.getInteger(5))));
            });
  }

  private static final String CHANGE =
      """
      update page
      set url = $3, title = $4, published_at = $5::timestamptz, mode = $7, close_after_days = $8,
        closed_at = case when $6::boolean then null else coalesce(closed_at, $9::timestamptz) end
      where site_id = $1 and id = $2
      """;

  Future<Void> change(SqlClient tx, PublicId id, Page page, Instant now) {
    return tx.preparedQuery(CHANGE)
        .execute(
            Tuple.tuple()
                .addInteger(id.site())
                .addLong(id.row())
                .addString(page.url.orElse(null))
                .addString(page.title.orElse(null))
                .addOffsetDateTime(
                    page.publishedAt.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .addBoolean(page.open)
                .addString(page.mode.orElse(null))
                .addInteger(page.closeAfterDays.orElse(null))
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }
}
