package afterword.comment;

import afterword.db.Database;
import afterword.model.PublicId;
import afterword.rules.Facts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The table of votes: one row per comment and commenter. What a vote changes goes into its event;
 * the row that holds the sum is written by the folder alone.
 */
final class VoteStore {
  /** So many commenters of one address range may vote on the same comment. */
  static final int PER_RANGE = 20;

  private final Database database;

  VoteStore(Database database) {
    this.database = database;
  }

  /**
   * Who votes on what.
   *
   * @param commenter hash of the commenter key
   * @param range hash of the address range
   */
  record Vote(
      PublicId comment, byte[] commenter, byte[] range, int value, Client client, Instant now) {}

  /** What is known before: empty where there is no such comment in public. */
  record Known(boolean own, Facts.Ban ban) {}

  private static final String KNOWN =
      """
      with person as (
        select id from commenter where site_id = $1 and key_hash = $3::bytea
      )
      select coalesce(commenter_id = (select id from person), false),
        (select max(case when holds then 1 when shadow then 2 else 3 end) from ban
          where site_id = $1 and lifted_at is null and (expires_at is null or expires_at > $4::timestamptz)
            and (commenter_id = (select id from person)
              or range_hash = $5::bytea
              or address_range >>= $6::inet))
      from comment
      where site_id = $1 and id = $2 and status = 'published'
      """;

  Future<Optional<Known>> known(Vote vote) {
    Tuple parameters =
        Tuple.of(
            vote.comment.site(),
            vote.comment.row(),
            Buffer.buffer(vote.commenter),
            vote.now.atOffset(ZoneOffset.UTC),
            Buffer.buffer(vote.range),
            FactStore.inet(vote.client.address()));
    return database
        .readCurrent(reads -> reads.preparedQuery(KNOWN).execute(parameters))
        .map(
            rows -> {
              for (Row row : rows)
                return Optional.of(new Known(row.getBoolean(0), FactStore.ban(row.getInteger(1))));
              return Optional.empty();
            });
  }

  private static final String ONE_AT_A_TIME =
      "select pg_advisory_xact_lock(hashtextextended('vote:' || $1::bigint || ':' || encode($2, 'hex'), $3::int))";

  /**
   * "previous" is read from the row that the conflict has locked, so no change is counted twice.
   */
  private static final String CAST =
      """
      with target as (
        select id, thread_id, root_id from comment where site_id = $1 and id = $2 and status = 'published'
      ), person as (
        insert into commenter (site_id, id, key_hash, first_seen_at)
        select $1, nextval('commenter_id'), $3, $6 from target
        on conflict (site_id, key_hash) do update set key_hash = excluded.key_hash
        returning id
      ), others as (
        select count(*) as votes from vote
        where site_id = $1 and comment_id = $2 and range_hash = $4 and value <> 0
          and commenter_id <> (select id from person)
      ), given as (
        insert into vote (site_id, comment_id, commenter_id, value, range_hash, changed_at)
        select $1, $2, person.id, $5::smallint, $4, $6 from person, others
        where others.votes < $7 or $5::smallint = 0
        on conflict (site_id, comment_id, commenter_id) do update
          set previous = vote.value, value = excluded.value, range_hash = excluded.range_hash,
            changed_at = excluded.changed_at
          where vote.value <> excluded.value
        returning value, previous
      ), told as (
        insert into event (site_id, kind, thread_id, comment_id, root_id, up, down, created_at)
        select $1, 'comment-voted', thread_id, id, root_id,
          (value = 1)::int - (previous = 1)::int, (value = -1)::int - (previous = -1)::int, $6
        from target, given
        where value <> previous
      )
      select exists (select from target), (select votes from others) < $7 or $5::smallint = 0
      """;

  /** What became of it. */
  enum Outcome {
    COUNTED,
    TOO_MANY_OF_RANGE,
    GONE
  }

  Future<Outcome> cast(SqlConnection tx, Vote vote) {
    Buffer range = Buffer.buffer(vote.range);
    return tx.preparedQuery(ONE_AT_A_TIME)
        .execute(Tuple.of(vote.comment.row(), range, vote.comment.site()))
        .compose(
            locked ->
                tx.preparedQuery(CAST)
                    .execute(
                        Tuple.of(
                                vote.comment.site(),
                                vote.comment.row(),
                                Buffer.buffer(vote.commenter),
                                range,
                                (short) vote.value,
                                vote.now.atOffset(ZoneOffset.UTC))
                            .addLong((long) PER_RANGE)))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              if (!row.getBoolean(0)) return Outcome.GONE;
              return row.getBoolean(1) ? Outcome.COUNTED : Outcome.TOO_MANY_OF_RANGE;
            });
  }

  private static final String SCORE =
      """
      select
        coalesce((select up - down from comment_score where site_id = $1 and comment_id = $2), 0)
        + coalesce((
          select sum(up - down) from event
          where site_id = $1 and comment_id = $2
            and thread_id = (select thread_id from comment where site_id = $1 and id = $2)
            and (xid, id) > (
              (select xid from reader_position where reader = 'counters'),
              (select event_id from reader_position where reader = 'counters'))), 0)::bigint
      """;

  /** What is folded, and what is not folded yet. */
  Future<Long> score(PublicId comment) {
    return database.readCurrent(
        reads ->
            reads
                .preparedQuery(SCORE)
                .execute(Tuple.of(comment.site(), comment.row()))
                .map(rows -> rows.iterator().next().getLong(0)));
  }
}
