package afterword.notify;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of moderators who want a mail when comments wait. */
final class WaitingMailStore {
  private final Database database;

  WaitingMailStore(Database database) {
    this.database = database;
  }

  /**
   * What somebody asked for.
   *
   * @param refusal the mail server's answer, where it does not take mail to the address
   */
  record Wanted(Duration every, Optional<String> refusal) {}

  private static final String FIND =
      "select every_minutes, refusal from waiting_mail where moderator_id = $1";

  /** Empty where none is wanted. */
  Future<Optional<Wanted>> find(long moderator) {
    return database
        .readCurrent(client -> client.preparedQuery(FIND).execute(Tuple.of(moderator)))
        .map(
            rows -> {
              for (Row row : rows)
                return Optional.of(
                    new Wanted(
                        Duration.ofMinutes(row.getInteger(0)),
                        Optional.ofNullable(row.getString(1))));
              return Optional.empty();
            });
  }

  private static final String WANT =
      """
      insert into waiting_mail (moderator_id, every_minutes, language, told_at, next_at)
      values ($1, $2, $3, $4, $4)
      on conflict (moderator_id) do update
        set every_minutes = excluded.every_minutes, language = excluded.language, next_at = excluded.next_at,
          refused_at = null, refusal = null, failures = 0
      """;

  /** Of what waits from now on, also where the address was refused before. */
  Future<Void> want(SqlClient tx, long moderator, Duration every, String language, Instant now) {
    return tx.preparedQuery(WANT)
        .execute(Tuple.of(moderator, (int) every.toMinutes(), language, DeliveryStore.utc(now)))
        .mapEmpty();
  }

  private static final String UNWANT = "delete from waiting_mail where moderator_id = $1";

  Future<Void> unwant(SqlClient tx, long moderator) {
    return tx.preparedQuery(UNWANT).execute(Tuple.of(moderator)).mapEmpty();
  }

  /**
   * A mail to be written.
   *
   * @param since what waits since then has not been told of
   * @param failures to send it, in a row
   */
  record Due(
      long moderator, String email, String language, Duration every, Instant since, int failures) {}

  /**
   * Those for whom something new waits, on a site where they decide. Whoever takes one takes it for
   * five minutes; after that it counts as not sent.
   */
  private static final String CLAIM =
      """
      with ready as materialized (
        select n.moderator_id, m.email
        from waiting_mail n join moderator m on m.id = n.moderator_id and m.disabled_at is null
        where n.next_at <= $1 and n.refused_at is null and exists (
          select from site_role r join comment c on c.site_id = r.site_id and c.status = 'pending'
          where r.moderator_id = n.moderator_id and r.role <> 'viewer'
            and coalesce(c.decided_at, c.created_at) > n.told_at
            and coalesce(c.decided_at, c.created_at) <= $2)
        order by n.next_at
        limit 10
        for update of n skip locked
      )
      update waiting_mail n set next_at = $3
      from ready where n.moderator_id = ready.moderator_id
      returning n.moderator_id, ready.email, n.language, n.every_minutes, n.told_at, n.failures
      """;

  /**
   * @param stood comments that wait since then or longer are worth a mail
   */
  Future<List<Due>> claim(Instant now, Instant stood, Instant lost) {
    return database
        .write(
            tx ->
                tx.preparedQuery(CLAIM)
                    .execute(
                        Tuple.of(
                            DeliveryStore.utc(now),
                            DeliveryStore.utc(stood),
                            DeliveryStore.utc(lost))))
        .map(
            rows -> {
              var due = new ArrayList<Due>();
              for (Row row : rows)
                due.add(
                    new Due(
                        row.getLong(0),
                        row.getString(1),
                        row.getString(2),
                        Duration.ofMinutes(row.getInteger(3)),
                        row.getOffsetDateTime(4).toInstant(),
                        row.getInteger(5)));
              return due;
            });
  }

  private static final String SENT =
      """
      update waiting_mail set told_at = $2, next_at = $3, failures = 0
      where moderator_id = $1
      """;

  Future<Void> sent(Due due, Instant stood, Instant now) {
    return database
        .write(
            tx ->
                tx.preparedQuery(SENT)
                    .execute(
                        Tuple.of(
                            due.moderator,
                            DeliveryStore.utc(stood),
                            DeliveryStore.utc(now.plus(due.every)))))
        .mapEmpty();
  }

  private static final String FAILED =
      "update waiting_mail set failures = failures + 1, next_at = $2 where moderator_id = $1";

  Future<Void> failed(Due due, Instant next) {
    return database
        .write(
            tx ->
                tx.preparedQuery(FAILED).execute(Tuple.of(due.moderator, DeliveryStore.utc(next))))
        .mapEmpty();
  }

  /** Who asked anew meanwhile is tried anew. */
  private static final String REFUSED =
      """
      update waiting_mail set refused_at = $2, refusal = $3
      where moderator_id = $1 and told_at = $4
      """;

  Future<Void> refused(Due due, String answer, Instant now) {
    return database
        .write(
            tx ->
                tx.preparedQuery(REFUSED)
                    .execute(
                        Tuple.of(
                            due.moderator,
                            DeliveryStore.utc(now),
                            answer,
                            DeliveryStore.utc(due.since))))
        .mapEmpty();
  }

  /** What waits on one site. */
  record Waiting(String key, String name, int comments, int fresh) {}

  private static final String WAITING =
      """
      select s.key, s.name, count(*)::int,
        (count(*) filter (where coalesce(c.decided_at, c.created_at) > $2))::int
      from site_role r
        join site s on s.id = r.site_id
        join comment c on c.site_id = r.site_id and c.status = 'pending'
      where r.moderator_id = $1 and r.role <> 'viewer'
      group by s.id, s.key, s.name
      order by count(*) desc, s.key
      """;

  Future<List<Waiting>> waiting(Due due) {
    return database
        .readCurrent(
            client ->
                client
                    .preparedQuery(WAITING)
                    .execute(Tuple.of(due.moderator, DeliveryStore.utc(due.since))))
        .map(
            rows -> {
              var all = new ArrayList<Waiting>();
              for (Row row : rows)
                all.add(
                    new Waiting(
                        row.getString(0), row.getString(1), row.getInteger(2), row.getInteger(3)));
              return all;
            });
  }
}
