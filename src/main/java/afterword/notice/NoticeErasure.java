package afterword.notice;

import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;

/** Takes persons out of notices and appeals; that there were some, and what was decided, stays. */
public final class NoticeErasure {
  /** A statement that others share is theirs too, and stays until they are erased as well. */
  private static final String OF_COMMENTS =
      """
      with sent as (
        update notice set explanation = '', law = null, name = null, email = null
        where site_id = $1 and comment_id = any($2::bigint[])
      ), appealed as (
        update appeal set text = '' where site_id = $1 and comment_id = any($2)
      )
      update statement s set facts = '', reference = null
      where s.site_id = $1
        and s.decision_id in (
          select i.decision_id from decision_item i where i.site_id = $1 and i.comment_id = any($2))
        and not exists (select from decision_item i
          join comment c on c.site_id = i.site_id and c.id = i.comment_id and c.source <> ''
          where i.site_id = $1 and i.decision_id = s.decision_id and i.comment_id <> all($2))
      """;

  /** With the comments, in their transaction. */
  public Future<Void> ofComments(SqlClient tx, int site, Long... comments) {
    return tx.preparedQuery(OF_COMMENTS)
        .execute(Tuple.tuple().addInteger(site).addArrayOfLong(comments))
        .mapEmpty();
  }

  /**
   * Whether nothing waits about comment "c" and nobody can appeal any more, so that nobody misses
   * what it said.
   *
   * @param now in SQL
   */
  public static String atRest(String now) {
    return """
        (not exists (select from notice n
            where n.site_id = c.site_id and n.comment_id = c.id and n.decision_id is null)
          and not exists (select from appeal a
            where a.site_id = c.site_id and a.comment_id = c.id and a.answer_id is null)
          and not exists (select from decision_item i
            join statement s on s.site_id = i.site_id and s.decision_id = i.decision_id
            where i.site_id = c.site_id and i.comment_id = c.id and s.appeal_until >= %s))"""
        .formatted(now);
  }

  private static final String OF_SENDER =
      """
      with appealed as (
        update appeal set text = '' where site_id = $1 and notice_id = $2
      )
      update notice set explanation = '', law = null, name = null, email = null
      where site_id = $1 and id = $2
      returning comment_id
      """;

  /** Whether there is such a notice. */
  Future<Boolean> ofSender(SqlClient tx, PublicId notice) {
    return tx.preparedQuery(OF_SENDER)
        .execute(Tuple.of(notice.site(), notice.row()))
        .map(rows -> rows.size() > 0);
  }

  private static final String OVER =
      """
      update notice n set name = null, email = null
      from (
        select n.site_id, n.id from notice n
        join statement s on s.site_id = n.site_id and s.decision_id = n.decision_id and s.appeal_until < $1
        where (n.name is not null or n.email is not null)
          and not exists (select from appeal a
            where a.site_id = n.site_id and a.notice_id = n.id and a.answer_id is null)
        limit $2
      ) over
      where n.site_id = over.site_id and n.id = over.id
      """;

  /**
   * Who sent what was decided so long ago that nobody can appeal any more, on all sites at once.
   */
  Future<Integer> whereOver(SqlClient tx, Instant now, int most) {
    return tx.preparedQuery(OVER)
        .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), most))
        .map(rows -> rows.rowCount());
  }
}
