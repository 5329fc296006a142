package afterword.moderation;

import afterword.model.PublicId;
import afterword.model.Status;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The table of leases: which comments one moderator has before the eyes. */
final class LeaseStore {
  private static final String NEXT_ID = "select nextval('lease_id')";

  Future<Long> nextId(SqlClient client) {
    return client.query(NEXT_ID).execute().map(rows -> rows.iterator().next().getLong(0));
  }

  /**
   * Comments that somebody else is being given this moment are passed by, and the key of the table
   * refuses those that were given away since they were found: nobody waits, none goes out twice.
   */
  private static final String TAKE =
      """
      with free as (
        select c.site_id, c.id
        from unnest($1::int[], $2::bigint[]) with ordinality as offered (site_id, id, place)
        join comment c on c.site_id = offered.site_id and c.id = offered.id
        where (c.status = $3 or $3 is null and %NOTICED%) and not exists (
          select from lease l
          where l.site_id = c.site_id and l.comment_id = c.id and l.expires_at > $4::timestamptz)
        order by offered.place
        limit $5
        for update of c skip locked
      )
      insert into lease (site_id, comment_id, id, moderator_id, expires_at)
      select site_id, id, $6, $7, $8::timestamptz from free
      on conflict (site_id, comment_id) do update
      set id = excluded.id, moderator_id = excluded.moderator_id, expires_at = excluded.expires_at
      where lease.expires_at <= $4
      returning site_id, comment_id
      """
          .replace("%NOTICED%", Filter.NOTICED);

  Future<List<PublicId>> take(
      SqlClient tx,
      long id,
      long moderator,
      List<PublicId> offered,
      Optional<Status> status,
      int most,
      Instant now,
      Instant until) {
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfInteger(offered.stream().map(PublicId::site).toArray(Integer[]::new))
            .addArrayOfLong(offered.stream().map(PublicId::row).toArray(Long[]::new))
            .addString(status.map(Status::word).orElse(null))
            .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
            .addLong((long) most)
            .addLong(id)
            .addLong(moderator)
            .addOffsetDateTime(until.atOffset(ZoneOffset.UTC));
    return tx.preparedQuery(TAKE).execute(parameters).map(LeaseStore::ids);
  }

  private static final String RENEW =
      """
      update lease set expires_at = $4
      where id = $1 and moderator_id = $2 and expires_at > $3 and site_id = any($5::int[])
      returning site_id, comment_id
      """;

  /** What is still held; empty where the lease has run out. */
  Future<List<PublicId>> renew(
      SqlClient tx,
      long id,
      long moderator,
      Collection<Integer> sites,
      Instant now,
      Instant until) {
    return tx.preparedQuery(RENEW)
        .execute(
            Tuple.of(
                id,
                moderator,
                now.atOffset(ZoneOffset.UTC),
                until.atOffset(ZoneOffset.UTC),
                sites.toArray(Integer[]::new)))
        .map(LeaseStore::ids);
  }

  private static final String RELEASE = "delete from lease where id = $1 and moderator_id = $2";

  Future<Boolean> release(SqlClient tx, long id, long moderator) {
    return tx.preparedQuery(RELEASE)
        .execute(Tuple.of(id, moderator))
        .map(rows -> rows.rowCount() > 0);
  }

  private static final String HAND_ON =
      """
      with given as (
        delete from lease where site_id = $1 and comment_id = $2 and moderator_id = $3
      )
      insert into handed_on (site_id, comment_id, moderator_id, handed_at)
      select $1, id, $3::bigint, $4::timestamptz from comment where site_id = $1 and id = $2
      on conflict (site_id, comment_id, moderator_id) do update set handed_at = excluded.handed_at
      """;

  /** Whether there is such a comment. */
  Future<Boolean> handOn(SqlClient tx, PublicId comment, long moderator, Instant now) {
    return tx.preparedQuery(HAND_ON)
        .execute(Tuple.of(comment.site(), comment.row(), moderator, now.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.rowCount() > 0);
  }

  private static final String TAKE_BACK =
      "delete from handed_on where site_id = $1 and comment_id = $2 and moderator_id = $3";

  /** Whether it had been handed on. */
  Future<Boolean> takeBack(SqlClient tx, PublicId comment, long moderator) {
    return tx.preparedQuery(TAKE_BACK)
        .execute(Tuple.of(comment.site(), comment.row(), moderator))
        .map(rows -> rows.rowCount() > 0);
  }

  private static final String SWEEP =
      """
      with theirs as (
        delete from handed_on where (site_id, comment_id, moderator_id) in (
          select site_id, comment_id, moderator_id from handed_on
          where site_id = any($1::int[]) and handed_at <= $3 limit 500 for update skip locked)
      )
      delete from lease where (site_id, comment_id) in (
        select site_id, comment_id from lease
        where site_id = any($1::int[]) and expires_at <= $2 limit 500 for update skip locked)
      """;

  /**
   * What has run out holds nobody back; it is only in the way.
   *
   * @param handedUntil what was handed on until then comes back
   */
  Future<Void> sweep(SqlClient tx, Collection<Integer> sites, Instant now, Instant handedUntil) {
    return tx.preparedQuery(SWEEP)
        .execute(
            Tuple.of(
                sites.toArray(Integer[]::new),
                now.atOffset(ZoneOffset.UTC),
                handedUntil.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  private static List<PublicId> ids(RowSet<Row> rows) {
    var ids = new ArrayList<PublicId>(rows.size());
    for (Row row : rows) ids.add(new PublicId(row.getInteger(0), row.getLong(1)));
    return ids;
  }
}
