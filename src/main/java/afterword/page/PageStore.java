package afterword.page;

import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of pages and of their former keys. */
final class PageStore {
  /**
   * A page whose comments are joining another has a key that nobody can ask for, since it begins
   * with a control character; then comes the other page's number.
   */
  static final String JOINING = "\u0001";

  private static final String BY_KEY =
      "select id, key, url from page where site_id = $1 and key = $2";

  Future<Optional<PageRow>> byKey(SqlClient client, int site, String key) {
    return one(client, BY_KEY, Tuple.of(site, key));
  }

  private static final String BY_ID =
      "select id, key, url from page where site_id = $1 and id = $2";

  Future<Optional<PageRow>> byId(SqlClient client, PublicId page) {
    return one(client, BY_ID, Tuple.of(page.site(), page.row()));
  }

  private static final String BY_FORMER_KEY =
      """
      select id, page.key, url from page_alias
        join page on page.site_id = $1 and page.id = page_alias.page_id
      where page_alias.site_id = $1 and page_alias.key = $2
      """;

  Future<Optional<PageRow>> byFormerKey(SqlClient client, int site, String key) {
    return one(client, BY_FORMER_KEY, Tuple.of(site, key));
  }

  private static final String UNDER =
      """
      select id, key, url from page
      where site_id = $1 and starts_with(key, $2) and not starts_with(key, $3)
      order by key
      """;

  Future<List<PageRow>> under(SqlClient client, int site, String prefix) {
    return list(client, UNDER, Tuple.of(site, prefix, JOINING));
  }

  private static final String HALF_JOINED =
      "select id, key, url from page where site_id = $1 and starts_with(key, $2) order by id";

  /** Left by a process that was stopped in the middle. */
  Future<List<PageRow>> halfJoined(SqlClient client, int site) {
    return list(client, HALF_JOINED, Tuple.of(site, JOINING));
  }

  private static final String FORMER_KEYS =
      "select key from page_alias where site_id = $1 and starts_with(key, $2)";

  Future<List<String>> formerKeys(SqlClient client, int site, String prefix) {
    return client
        .preparedQuery(FORMER_KEYS)
        .execute(Tuple.of(site, prefix))
        .map(
            rows -> {
              List<String> keys = new ArrayList<>(rows.size());
              rows.forEach(row -> keys.add(row.getString(0)));
              return keys;
            });
  }

  private static final String COMMENTS =
      "select count(*) from comment where site_id = $1 and thread_id = $2";

  Future<Long> comments(SqlClient client, PublicId page) {
    return client
        .preparedQuery(COMMENTS)
        .execute(Tuple.of(page.site(), page.row()))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private static final String RENAME =
      """
      with freed as (
        delete from page_alias where site_id = $1 and key = $3
      ), renamed as (
        update page set key = $3, url = coalesce($4, url), title = coalesce($5, title)
        where site_id = $1 and id = $2 and key = $6
        returning id
      )
      insert into page_alias (site_id, key, page_id)
      select $1, $6, id from renamed
      on conflict (site_id, key) do update set page_id = excluded.page_id
      """;

  /** Zero where the page has another key by now. */
  Future<Integer> rename(SqlClient tx, int site, PageMove move) {
    return tx.preparedQuery(RENAME)
        .execute(
            Tuple.of(
                site,
                move.pageId(),
                move.to(),
                move.url().orElse(null),
                move.title().orElse(null),
                move.from()))
        .map(rows -> rows.rowCount());
  }

  private static final String HIDE =
      """
      with hidden as (
        update page set key = $4 where site_id = $1 and id = $2 and key = $5 returning id
      ), former as (
        update page_alias set page_id = $3 where site_id = $1 and page_id = (select id from hidden)
      ), adopted as (
        update page set url = coalesce(page.url, gone.url), title = coalesce(page.title, gone.title),
          published_at = coalesce(page.published_at, gone.published_at)
        from page gone
        where page.site_id = $1 and page.id = $3 and gone.site_id = $1 and gone.id = (select id from hidden)
      )
      insert into page_alias (site_id, key, page_id)
      select $1, $5, $3 from hidden
      on conflict (site_id, key) do update set page_id = excluded.page_id
      """;

  /** From here on whoever asks for the page by any of its keys gets the other one. */
  Future<Integer> hide(SqlClient tx, int site, PageMove move, long into) {
    String key = JOINING + into + ":" + move.pageId();
    return tx.preparedQuery(HIDE)
        .execute(Tuple.of(site, move.pageId(), into, key, move.from()))
        .map(rows -> rows.rowCount());
  }

  private static final String CARRY =
      """
      with batch as materialized (
        select id, status from comment where site_id = $1 and thread_id = $2
        order by id
        limit $4
        for update
      ), carried as (
        update comment set thread_id = $3 from batch where site_id = $1 and comment.id = batch.id
      ), ranks as (
        update comment_rank set thread_id = $3 from batch where site_id = $1 and comment_id = batch.id
      ), told as (
        insert into event (site_id, kind, thread_id, delta, created_at)
        select $1, 'page-changed', thread, delta, $5
        from (select count(*) filter (where status = 'published') as published from batch) counted,
          lateral (values ($2::bigint, -published), ($3::bigint, published)) as change (thread, delta)
        where exists (select from batch)
      )
      select count(*)::int from batch
      """;

  /** Nobody ranks comments meanwhile: a rank that is being written would stay with the old page. */
  private static final String HOLD_RANKING =
      "select from reader_position where reader = 'counters' for update";

  /** So many comments at a time, so that nobody's events wait for long. Returns how many. */
  Future<Integer> carry(
      SqlClient tx, int site, long from, long into, int most, java.time.OffsetDateTime now) {
    return tx.query(HOLD_RANKING)
        .execute()
        .compose(
            held ->
                tx.preparedQuery(CARRY)
                    .execute(Tuple.of(site, from, into, most, now))
                    .map(rows -> rows.iterator().next().getInteger(0)));
  }

  private static final String REMOVE = "delete from page where site_id = $1 and id = $2";

  Future<Void> remove(SqlClient tx, int site, long id) {
    return tx.preparedQuery(REMOVE).execute(Tuple.of(site, id)).mapEmpty();
  }

  private static Future<Optional<PageRow>> one(SqlClient client, String sql, Tuple parameters) {
    return list(client, sql, parameters).map(rows -> rows.stream().findFirst());
  }

  private static Future<List<PageRow>> list(SqlClient client, String sql, Tuple parameters) {
    return client
        .preparedQuery(sql)
        .execute(parameters)
        .map(
            rows -> {
              List<PageRow> pages = new ArrayList<>(rows.size());
              for (Row row : rows)
                pages.add(new PageRow(row.getLong(0), row.getString(1), row.getString(2)));
              return pages;
            });
  }
}
