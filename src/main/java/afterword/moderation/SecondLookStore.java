package afterword.moderation;

import afterword.db.Database;
import afterword.model.PublicId;
import io.vertx.core.Future;
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

/** The table of second looks, and which decisions are to be looked at again. */
final class SecondLookStore {
  private final Database database;

  SecondLookStore(Database database) {
    this.database = database;
  }

  /**
   * A tenth of what was decided, told by the comment's number alone, so that everybody means the
   * same tenth: decisions of others that stand, cannot be undone any more, and are not too old.
   */
  private static final String DUE =
      """
      select due.site_id, due.comment_id
      from unnest($1::int[]) as visible (site_id)
      cross join lateral (
        select d.site_id, i.comment_id, d.created_at
        from decision d
        join decision_item i on i.site_id = d.site_id and i.decision_id = d.id
        join comment c on c.site_id = i.site_id and c.id = i.comment_id and c.version = i.version_after
        where d.site_id = visible.site_id and d.created_at between $3::timestamptz and $4::timestamptz
          and d.undone_at is null and d.moderator_id <> $2::bigint
          and d.action in ('approve', 'reject', 'spam', 'delete')
          and hashint8(i.comment_id) % 10 = 0
          and not exists (select from second_look s
            where s.site_id = i.site_id and s.decision_id = i.decision_id and s.comment_id = i.comment_id)
        order by d.created_at desc
        limit $5
      ) due
      order by due.created_at desc, due.comment_id
      limit $5
      """;

  Future<List<PublicId>> due(
      Collection<Integer> sites, long moderator, Instant from, Instant until, int limit) {
    return database
        .readCurrent(
            client ->
                client
                    .preparedQuery(DUE)
                    .execute(
                        Tuple.of(
                            sites.toArray(Integer[]::new),
                            moderator,
                            utc(from),
                            utc(until),
                            limit)))
        .map(
            rows -> {
              var ids = new ArrayList<PublicId>(rows.size());
              for (Row row : rows) ids.add(new PublicId(row.getInteger(0), row.getLong(1)));
              return ids;
            });
  }

  /**
   * What was decided first.
   *
   * @param by the moderator's name
   */
  record First(String action, String by, boolean agrees) {}

  private static final String ADD =
      """
      with first as (
        select d.id, d.action, m.name
        from decision_item i
        join decision d on d.site_id = i.site_id and d.id = i.decision_id
        left join moderator m on m.id = d.moderator_id
        where i.site_id = $1::int and i.comment_id = $2::bigint and i.version_after = $3::int
          and d.undone_at is null and d.moderator_id <> $4::bigint and d.created_at <= $7::timestamptz
          and d.action in ('approve', 'reject', 'spam', 'delete')
        order by d.id desc
        limit 1
      ), added as (
        insert into second_look (site_id, decision_id, comment_id, moderator_id, action, agrees, created_at)
        select $1, id, $2, $4, $5::text, (action = 'approve') = ($5 = 'approve'), $6::timestamptz from first
        on conflict (site_id, decision_id, comment_id) do nothing
        returning agrees
      )
      select first.action, first.name, added.agrees from first, added
      """;

  /** Empty where there is no such decision, it is one's own, or somebody has looked already. */
  Future<Optional<First>> add(
      SqlClient tx,
      PublicId comment,
      int version,
      long moderator,
      Action opinion,
      Instant now,
      Instant until) {
    return tx.preparedQuery(ADD)
        .execute(
            Tuple.of(
                comment.site(),
                comment.row(),
                version,
                moderator,
                opinion.word(),
                utc(now),
                utc(until)))
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              Row row = rows.iterator().next();
              return Optional.of(new First(row.getString(0), row.getString(1), row.getBoolean(2)));
            });
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
