package afterword.spam;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/** Reads what a site's model is made of: decisions, and what was left public beside them. */
final class EvidenceStore {
  /** The newest decisions count; older ones are forgotten. */
  private static final int MOST_DECISIONS = 4_000;

  /** So many of the newest public comments are looked at. */
  private static final int MOST_PUBLIC = 4_000;

  private static final int LONGEST_TEXT = 4_000;

  private final Database database;

  EvidenceStore(Database database) {
    this.database = database;
  }

  /** Never from a replica: it may be behind the decision that is to be learnt. */
  Future<Evidence> evidence(int site) {
    return decided(site)
        .compose(
            decided ->
                decided.isEmpty()
                    ? Future.succeededFuture(Evidence.NONE)
                    : unopposed(site).map(unopposed -> new Evidence(decided, unopposed)));
  }

  /**
   * The last decision on each comment that has not been taken back, if it says "spam" or "no spam",
   * with the text that was decided on: an author may have changed it since.
   */
  private static final String DECIDED =
      """
      with recent as materialized (
        select i.comment_id, i.version_before, d.id, d.action
        from decision d
        join decision_item i on i.site_id = d.site_id and i.decision_id = d.id
        where d.site_id = $1 and d.undone_at is null
        order by d.id desc, i.comment_id
        limit $2
      ), latest as (
        select distinct on (comment_id) comment_id, version_before, action from recent
        order by comment_id, id desc
      ), decided as (
        select c.id, l.action = 'spam' as spam, c.author_name, c.author_url,
          left(coalesce(
            (select r.text from comment_revision r
              where r.site_id = $1 and r.comment_id = c.id and r.version >= l.version_before
              order by r.version limit 1),
            c.text), $3) as text
        from latest l
        join comment c on c.site_id = $1 and c.id = l.comment_id
        where l.action in ('approve', 'spam')
      )
      select id, spam, coalesce(author_name, ''), author_url, text from decided where text <> '' order by id
      """;

  private Future<List<Decided>> decided(int site) {
    return database
        .readCurrent(
            reads ->
                reads.preparedQuery(DECIDED).execute(Tuple.of(site, MOST_DECISIONS, LONGEST_TEXT)))
        .map(rows -> rows.stream().map(EvidenceStore::decision).toList());
  }

  private static Decided decision(Row row) {
    return new Decided(row.getLong(0), writing(row, 2), row.getBoolean(1));
  }

  /**
   * What had been public for a day when the newest decision was made: somebody was there and took
   * offence at other things. Nothing that a reader reported, unless that was refused; one of each
   * commenter, so that nobody says what is good by saying it often. Taking the newest decision back
   * gives what there was before it.
   */
  private static final String UNOPPOSED =
      """
      with seen as (
        select max(created_at) - interval '1 day' as until
        from decision where site_id = $1 and undone_at is null
      ), newest as (
        select id, commenter_id, author_name, author_url, text, created_at, edited_at, decided_at, badge
        from comment
        where site_id = $1 and status = 'published' and created_at < (select until from seen)
        order by created_at desc, id desc
        limit $2
      ), unopposed as (
        select distinct on (coalesce(commenter_id, -id)) id, author_name, author_url, text
        from newest
        where decided_at is null and badge is null and text <> ''
          and coalesce(edited_at, created_at) < (select until from seen)
          and not exists (
            select from flag f
            where f.site_id = $1 and f.comment_id = newest.id and f.upheld is distinct from false)
          and not exists (
            select from notice n where n.site_id = $1 and n.comment_id = newest.id)
        order by coalesce(commenter_id, -id), id desc
      )
      select id, coalesce(author_name, ''), author_url, left(text, $3) from unopposed order by id
      """;

  private Future<List<Unopposed>> unopposed(int site) {
    return database
        .readCurrent(
            reads ->
                reads.preparedQuery(UNOPPOSED).execute(Tuple.of(site, MOST_PUBLIC, LONGEST_TEXT)))
        .map(
            rows ->
                rows.stream().map(row -> new Unopposed(row.getLong(0), writing(row, 1))).toList());
  }

  /**
   * @param from the column of the author's name; address and text follow
   */
  private static Writing writing(Row row, int from) {
    return new Writing(
        row.getString(from + 2), row.getString(from), Optional.ofNullable(row.getString(from + 1)));
  }
}
