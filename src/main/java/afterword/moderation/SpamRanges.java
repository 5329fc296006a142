package afterword.moderation;

import afterword.model.Checks;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Holds for a day what comes from an address range that moderators have called spam so many times
 * within an hour. The entry stands among the bans, marked as automatic, and can be lifted; what was
 * decided before it does not count again.
 */
final class SpamRanges {
  private static final String HOLD =
      """
      insert into ban (site_id, kind, range_hash, holds, automatic, reason, created_at, expires_at)
      select $1::int, 'range', ranges.range_hash, true, true, 'Much spam within an hour', $3::timestamptz,
        $3 + interval '1 day'
      from (
        select distinct range_hash from comment
        where site_id = $1 and id = any($2::bigint[]) and range_hash is not null
      ) ranges
      cross join lateral (
        select coalesce((settings ->> 'spamPerHour')::int, $4::int) as least from site where id = $1
      ) wanted
      cross join lateral (
        select coalesce(max(created_at), '-infinity') as at,
          coalesce(bool_or(lifted_at is null and expires_at > $3), false) as holds
        from ban where site_id = $1 and range_hash = ranges.range_hash and automatic
      ) last
      where least > 0 and not last.holds
        and least <= (
          select count(*) from comment c
          where c.site_id = $1 and c.range_hash = ranges.range_hash and c.status = 'spam'
            and c.decided_at > greatest($3 - interval '1 hour', last.at))
      """;

  /** After comments of one site were called spam, in the same transaction. */
  Future<Void> judge(SqlClient tx, int site, List<Long> spam, Instant now) {
    if (spam.isEmpty()) return Future.succeededFuture();
    return tx.preparedQuery(HOLD)
        .execute(
            Tuple.tuple()
                .addInteger(site)
                .addArrayOfLong(spam.toArray(Long[]::new))
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
                .addInteger(Checks.DEFAULTS.spamPerHour()))
        .mapEmpty();
  }

  private static final String LET_GO =
      """
      delete from ban b
      using site, (
        select distinct range_hash from comment
        where site_id = $1::int and id = any($2::bigint[]) and range_hash is not null
      ) ranges
      where site.id = $1 and b.site_id = $1 and b.automatic and b.lifted_at is null
        and b.range_hash = ranges.range_hash
        and coalesce((site.settings ->> 'spamPerHour')::int, $3::int) > (
          select count(*) from comment c
          where c.site_id = $1 and c.range_hash = b.range_hash and c.status = 'spam'
            and c.decided_at <= b.created_at
            and c.decided_at > greatest(b.created_at - interval '1 hour', (
              select max(created_at) from ban former
              where former.site_id = $1 and former.range_hash = b.range_hash and former.automatic
                and former.created_at < b.created_at)))
      """;

  /** After some were taken back: a range that would not have been held without them is let go. */
  Future<Void> reconsider(SqlClient tx, int site, List<Long> noSpam) {
    if (noSpam.isEmpty()) return Future.succeededFuture();
    return tx.preparedQuery(LET_GO)
        .execute(Tuple.of(site, noSpam.toArray(Long[]::new), Checks.DEFAULTS.spamPerHour()))
        .mapEmpty();
  }
}
