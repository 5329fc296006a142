package afterword.comment;

import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** What readers report, one row per comment and reporter. {@link StatusChange} settles them. */
final class FlagStore {
  /**
   * A report.
   *
   * @param reporter keyed hash of the commenter key
   * @param range keyed hash of the address range
   */
  record Flag(
      PublicId comment,
      byte[] reporter,
      byte[] range,
      FlagReason reason,
      Optional<String> note,
      Instant now) {}

  /**
   * How a reported comment stands.
   *
   * @param weight of its open reports, in hundredths
   * @param score the learned one, from 0 to 1; 0 where there is none
   */
  record Standing(int version, Status status, Instant createdAt, int weight, double score) {}

  /**
   * A reporter whom moderators refused three times, and more than four times as often as they
   * agreed, weighs nothing; everybody else by the share of agreements. Only the first report
   * counts.
   */
  private static final String ADD =
      """
      with past as (
        select count(*) filter (where upheld)::int as upheld, count(*) filter (where not upheld)::int as refused
        from flag where site_id = $1 and reporter = $3 and settled_at is not null
      )
      insert into flag (site_id, comment_id, reporter, range_hash, author_id, reason, note, weight, created_at)
      select $1, c.id, $3, $4, c.commenter_id, $5, $6,
        case when refused >= 3 and refused > 4 * upheld then 0
          else 100 * (upheld + 1) / (upheld + refused + 1) end,
        $7
      from comment c cross join past
      where c.site_id = $1 and c.id = $2 and c.status = 'published'
      on conflict (site_id, comment_id, reporter) do nothing
      """;

  private static final String STANDING =
      """
      select c.version, c.status, c.created_at,
        (select coalesce(sum(weight), 0)::int from (
          select max(weight) as weight from flag
          where site_id = $1 and comment_id = $2 and settled_at is null
          group by coalesce(range_hash, reporter)) heaviest),
        coalesce((c.notes ->> 'score')::float8, 0)
      from comment c
      where c.site_id = $1 and c.id = $2
      """;

  /**
   * Empty where there is no such comment. The caller holds the lock of {@link StatusChange#LOCK}.
   */
  Future<Optional<Standing>> add(SqlConnection tx, Flag flag) {
    Tuple parameters =
        Tuple.tuple()
            .addInteger(flag.comment.site())
            .addLong(flag.comment.row())
            .addBuffer(Buffer.buffer(flag.reporter))
            .addBuffer(Buffer.buffer(flag.range))
            .addString(flag.reason.word())
            .addString(flag.note.orElse(null))
            .addOffsetDateTime(flag.now.atOffset(ZoneOffset.UTC));
    return tx.preparedQuery(ADD)
        .execute(parameters)
        .compose(
            added ->
                tx.preparedQuery(STANDING)
                    .execute(Tuple.of(flag.comment.site(), flag.comment.row())))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(standing(rows.iterator().next())));
  }

  private static Standing standing(Row row) {
    return new Standing(
        row.getInteger(0),
        Status.of(row.getString(1)),
        row.getOffsetDateTime(2).toInstant(),
        row.getInteger(3),
        row.getDouble(4));
  }

  private static final String MARK =
      "update comment set reasons = array['flagged'], due_at = $3 where site_id = $1 and id = $2";

  /** Says in the queue why the comment is back. */
  Future<Void> mark(SqlConnection tx, PublicId comment, Instant dueAt) {
    return tx.preparedQuery(MARK)
        .execute(Tuple.of(comment.site(), comment.row(), dueAt.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }
}
