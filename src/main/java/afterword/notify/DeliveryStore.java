package afterword.notify;

import afterword.db.Database;
import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The table of deliveries, as those who send see it. */
final class DeliveryStore {
  private final Database database;

  DeliveryStore(Database database) {
    this.database = database;
  }

  /**
   * One that shall be sent now.
   *
   * @param comment empty for a ping
   * @param attempts this one included
   */
  record Due(
      PublicId id,
      String siteKey,
      WebhookStore.Target target,
      Happening happening,
      Optional<PublicId> comment,
      Instant createdAt,
      int attempts,
      int attemptsAllowed) {}

  /**
   * A few of each webhook, so that one that does not answer keeps no other waiting. The attempt
   * counts from here on: whoever dies with it has made it, and after the lease another one is made
   * under the same id.
   */
  private static final String CLAIM =
      """
      with ready as materialized (
        select d.site_id, d.id, d.next_at
        from webhook w cross join lateral (
          select site_id, id, next_at from delivery
          where site_id = w.site_id and webhook_id = w.id and status = 'waiting' and next_at <= $1
          order by next_at, id
          limit $4
          for update skip locked) d
        where w.enabled and w.id <> all($5::bigint[])
          and exists (select from delivery where status = 'waiting' and next_at <= $1)
        order by d.next_at, d.id
        limit $3
      )
      update delivery d set attempts = attempts + 1, next_at = $2
      from ready, webhook w, site s
      where d.site_id = ready.site_id and d.id = ready.id
        and w.site_id = d.site_id and w.id = d.webhook_id and s.id = d.site_id
      returning d.site_id, d.id, s.key, w.id, w.url, w.secret, w.former_secret, w.former_until, d.event,
        d.comment_id, d.created_at, d.attempts, d.attempts_allowed
      """;

  /**
   * @param lost when those that are claimed here may be claimed again
   * @param busy webhooks that are sent enough already
   */
  Future<List<Due>> claim(Instant now, Instant lost, int most, int each, Collection<Long> busy) {
    Tuple parameters =
        Tuple.tuple()
            .addOffsetDateTime(utc(now))
            .addOffsetDateTime(utc(lost))
            .addInteger(most)
            .addInteger(each)
            .addArrayOfLong(busy.toArray(Long[]::new));
    return database
        .write(tx -> tx.preparedQuery(CLAIM).execute(parameters))
        .map(
            rows -> {
              var claimed = new ArrayList<Due>();
              for (Row row : rows) claimed.add(due(row));
              return claimed;
            });
  }

  private static Due due(Row row) {
    int site = row.getInteger(0);
    var target = WebhookStore.target(site, row, 3);
    return new Due(
        new PublicId(site, row.getLong(1)),
        row.getString(2),
        target,
        Happening.of(row.getString(8)).orElseThrow(),
        Optional.ofNullable(row.getLong(9)).map(comment -> new PublicId(site, comment)),
        row.getOffsetDateTime(10).toInstant(),
        row.getInteger(11),
        row.getInteger(12));
  }

  private static final String FINISH =
      """
      update delivery
      set status = $4, answer = $5, error = $6, next_at = coalesce($7::timestamptz, next_at),
        finished_at = $8::timestamptz
      where site_id = $1 and id = $2 and attempts = $3 and status = 'waiting'
      """;

  /** Changes nothing where another attempt has been begun since. */
  Future<Void> finish(Due due, Result result, Instant now, Duration pause) {
    boolean again = result.outcome() == Result.Outcome.RETRIED;
    Tuple parameters =
        Tuple.tuple()
            .addInteger(due.id().site())
            .addLong(due.id().row())
            .addInteger(due.attempts())
            .addString(again ? "waiting" : result.outcome().word())
            .addInteger(result.answer().orElse(null))
            .addString(result.error().orElse(null))
            .addOffsetDateTime(again ? utc(now.plus(pause)) : null)
            .addOffsetDateTime(again ? null : utc(now));
    return database.write(tx -> tx.preparedQuery(FINISH).execute(parameters)).mapEmpty();
  }

  private static final String PING =
      """
      insert into delivery (site_id, webhook_id, event, attempts_allowed, next_at, created_at)
      values ($1, $2, 'ping', 1, $3, $3)
      returning id
      """;

  Future<PublicId> ping(SqlClient tx, int site, long webhook, Instant now) {
    return tx.preparedQuery(PING)
        .execute(Tuple.of(site, webhook, utc(now)))
        .map(rows -> new PublicId(site, rows.iterator().next().getLong(0)));
  }

  private static final String AGAIN =
      """
      update delivery d set status = 'waiting', next_at = $3, finished_at = null,
        attempts_allowed = d.attempts + $4::int
      from webhook w
      where d.site_id = $1 and d.id = $2 and w.site_id = d.site_id and w.id = d.webhook_id and w.enabled
        and d.status <> 'waiting'
      returning d.webhook_id
      """;

  /** Whether it was finished, and is to be sent again, under the same id. */
  Future<Optional<Long>> again(SqlClient tx, PublicId id, Instant now) {
    return tx.preparedQuery(AGAIN)
        .execute(Tuple.of(id.site(), id.row(), utc(now), Retries.MOST))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getLong(0)));
  }

  private static final String GIVE_UP =
      "delete from delivery where site_id = $1 and webhook_id = $2 and status = 'waiting'";

  /** What waits for a webhook that is switched off would be old news later. */
  Future<Void> giveUp(SqlClient tx, int site, long webhook) {
    return tx.preparedQuery(GIVE_UP).execute(Tuple.of(site, webhook)).mapEmpty();
  }

  private static final String FORGET =
      """
      delete from delivery
      where (site_id, id) in (
        select site_id, id from delivery
        where finished_at is not null
          and (finished_at <= $1 or finished_at <= $2 and status in ('delivered', 'obsolete'))
        limit $3)
      """;

  /** Of all sites at once: it reads nothing. */
  Future<Integer> forget(Instant failedUntil, Instant deliveredUntil, int most) {
    return database
        .write(
            tx ->
                tx.preparedQuery(FORGET)
                    .execute(Tuple.of(utc(failedUntil), utc(deliveredUntil), most)))
        .map(rows -> rows.rowCount());
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
