package afterword.notice;

import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of statements of reasons. */
public final class Statements {
  private static final int MONTHS_TO_APPEAL = 6;

  private static final String ADD =
      """
      insert into statement (site_id, decision_id, facts, ground, reference, automated, appeal_until)
      values ($1, $2, $3, $4, $5, $6, $7)
      """;

  /** With the decision, in its transaction. */
  public Future<Void> add(SqlClient tx, int site, long decision, Statement said, Instant now) {
    OffsetDateTime until = now.atOffset(ZoneOffset.UTC).plusMonths(MONTHS_TO_APPEAL);
    return tx.preparedQuery(ADD)
        .execute(
            Tuple.of(
                site,
                decision,
                said.facts(),
                said.ground().word(),
                said.reference().orElse(null),
                said.automated(),
                until))
        .mapEmpty();
  }

  /**
   * Whatever decided on a comment. Reasons are for whom they are about: a sender reads those on the
   * own notice and the answers to the own appeals; an author those of a decision that settled
   * something on the comment, or nothing anywhere.
   */
  private static final String SINCE =
      """
      select d.id, d.action, d.created_at, s.facts, s.ground, s.reference, s.automated, s.appeal_until,
        a.created_at, a.answer_id is not null, told.answers, i.status_before <> i.status_after
      from decision_item i
      join decision d on d.site_id = i.site_id and d.id = i.decision_id and d.undone_at is null
      cross join lateral (
        select exists (select from appeal before
          where before.site_id = $1 and before.answer_id = d.id and before.comment_id = $2
            and before.notice_id is not distinct from $3::bigint) as answers
      ) told
      left join statement s on s.site_id = d.site_id and s.decision_id = d.id and (
        told.answers
        or $3 is not null and d.id = $4
        or $3 is null and (
          exists (select from notice n
            where n.site_id = $1 and n.decision_id = d.id and n.comment_id = $2)
          or exists (select from appeal settled
            where settled.site_id = $1 and settled.answer_id = d.id and settled.comment_id = $2)
          or not exists (select from notice n where n.site_id = $1 and n.decision_id = d.id)
            and not exists (select from appeal settled
              where settled.site_id = $1 and settled.answer_id = d.id)))
      left join appeal a on a.site_id = $1 and a.decision_id = d.id and a.comment_id = $2
        and a.notice_id is not distinct from $3::bigint
      where i.site_id = $1 and i.comment_id = $2 and i.decision_id >= $4
        and d.action not in ('hold', 'restore')
      order by i.decision_id
      """;

  /**
   * What was decided on a comment, the first before the last.
   *
   * @param notice of the one who looks; empty for the comment's author
   */
  public Future<List<Reasoned>> since(
      SqlClient client, PublicId comment, Optional<Long> notice, long firstDecision) {
    return client
        .preparedQuery(SINCE)
        .execute(Tuple.of(comment.site(), comment.row(), notice.orElse(null), firstDecision))
        .map(
            rows -> {
              var found = new ArrayList<Reasoned>();
              for (Row row : rows) found.add(reasoned(row));
              return found;
            });
  }

  /**
   * Why a comment is down, for its author; empty where what was decided last says nothing of it.
   */
  public Future<Optional<Reasoned>> removal(SqlClient client, PublicId comment) {
    return since(client, comment, Optional.empty(), 0)
        .map(
            found ->
                found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(found.get(found.size() - 1)).filter(Reasoned::tellsAuthor));
  }

  private static Reasoned reasoned(Row row) {
    Optional<Statement> statement =
        Statement.Ground.of(row.getString(4))
            .map(
                ground ->
                    new Statement(
                        row.getString(3),
                        ground,
                        Optional.ofNullable(row.getString(5)),
                        row.getBoolean(6)));
    return new Reasoned(
        row.getLong(0),
        row.getString(1),
        row.getOffsetDateTime(2).toInstant(),
        statement,
        instant(row, 7),
        instant(row, 8),
        row.getBoolean(9),
        row.getBoolean(10),
        row.getBoolean(11));
  }

  private static Optional<Instant> instant(Row row, int column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }
}
