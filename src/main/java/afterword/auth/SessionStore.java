package afterword.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Table {@code session}. A session ends when it is deleted, a fortnight after it began, half a day
 * after it was last used, and with its account. Only the hash of its token is stored.
 */
final class SessionStore {
  static final Duration LONGEST = Duration.ofDays(14);
  static final Duration IDLE = Duration.ofHours(12);
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
  private static final int MOST_PER_MODERATOR = 20;

  record Session(Moderator moderator, Instant lastSeenAt) {
    boolean shouldBeTouched(Instant now) {
      return lastSeenAt.plus(SEEN_EVERY).isBefore(now);
    }
  }

  /** For {@link afterword.keys.Renewal}. */
  /** In one statement, so that what refers to the session moves along. */
  static final String RENEW =
      """
      with asked as (update provider_session set session_hash = $1 where session_hash = any ($2))
      update session set token_hash = $1 where token_hash = any ($2)
      """;

  private static final String FIND =
      "select "
          + ModeratorRow.COLUMNS
          + """
          , s.last_seen_at
          from session s join moderator m on m.id = s.moderator_id
          where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3 and m.disabled_at is null
          """;

  Future<Optional<Session>> find(SqlClient client, byte[] tokenHash, Instant now) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(Buffer.buffer(tokenHash), utc(now), utc(now.minus(IDLE))))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(
                        new Session(
                            ModeratorRow.moderator(rows.iterator().next()),
                            rows.iterator()
                                .next()
                                .getOffsetDateTime(ModeratorRow.WIDTH)
                                .toInstant())));
  }

  private static final String TOUCH =
      "update session set last_seen_at = $2 where token_hash = $1 and last_seen_at < $3";

  /** At most once a minute, whoever asks. */
  Future<Void> touch(SqlClient client, byte[] tokenHash, Instant now) {
    return client
        .preparedQuery(TOUCH)
        .execute(Tuple.of(Buffer.buffer(tokenHash), utc(now), utc(now.minus(SEEN_EVERY))))
        .mapEmpty();
  }

  private static final String BEGIN =
      """
      insert into session (token_hash, moderator_id, created_at, last_seen_at, expires_at, client)
      values ($1, $2, $3, $3, $4, $5)
      """;

  private static final String TIDY =
      """
      delete from session
      where moderator_id = $1
        and (expires_at <= $2 or last_seen_at <= $3 or token_hash in (
          select token_hash from session where moderator_id = $1 order by last_seen_at desc offset $4))
      """;

  /**
   * Removes the moderator's ended sessions on the way, and the longest unused ones beyond a bound.
   */
  Future<Void> begin(
      SqlClient tx, byte[] tokenHash, long moderator, String clientName, Instant now) {
    return tx.preparedQuery(TIDY)
        .execute(Tuple.of(moderator, utc(now), utc(now.minus(IDLE)), (long) MOST_PER_MODERATOR - 1))
        .compose(
            tidy ->
                tx.preparedQuery(BEGIN)
                    .execute(
                        Tuple.of(
                            Buffer.buffer(tokenHash),
                            moderator,
                            utc(now),
                            utc(now.plus(LONGEST)),
                            clientName)))
        .mapEmpty();
  }

  /** A session that has not ended. */
  record Open(long id, byte[] tokenHash, String client, Instant createdAt, Instant lastSeenAt) {}

  private static final String LIST =
      """
      select id, token_hash, client, created_at, last_seen_at
      from session
      where moderator_id = $1 and expires_at > $2 and last_seen_at > $3
      order by last_seen_at desc, id desc
      """;

  Future<List<Open>> list(SqlClient client, long moderator, Instant now) {
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(moderator, utc(now), utc(now.minus(IDLE))))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Open(
                                row.getLong(0),
                                row.getBuffer(1).getBytes(),
                                row.getString(2),
                                row.getOffsetDateTime(3).toInstant(),
                                row.getOffsetDateTime(4).toInstant()))
                    .toList());
  }

  private static final String END_ONE = "delete from session where moderator_id = $1 and id = $2";

  Future<Boolean> end(SqlClient tx, long moderator, long id) {
    return tx.preparedQuery(END_ONE)
        .execute(Tuple.of(moderator, id))
        .map(rows -> rows.rowCount() > 0);
  }

  private static final String END_OTHERS =
      "delete from session where moderator_id = $1 and token_hash <> $2";

  Future<Void> endOthers(SqlClient tx, long moderator, byte[] tokenHash) {
    return tx.preparedQuery(END_OTHERS)
        .execute(Tuple.of(moderator, Buffer.buffer(tokenHash)))
        .mapEmpty();
  }

  private static final String BEGAN_WITH =
      "update session set passkey_id = $2 where token_hash = $1";

  Future<Void> beganWith(SqlClient tx, byte[] tokenHash, long passkey) {
    return tx.preparedQuery(BEGAN_WITH)
        .execute(Tuple.of(Buffer.buffer(tokenHash), passkey))
        .mapEmpty();
  }

  private static final String END_BEGUN_WITH =
      "delete from session where passkey_id = $1 and token_hash <> $2";

  /** How many there were besides the one that is kept. */
  Future<Integer> endBegunWith(SqlClient tx, long passkey, byte[] kept) {
    return tx.preparedQuery(END_BEGUN_WITH)
        .execute(Tuple.of(passkey, Buffer.buffer(kept)))
        .map(SqlResult::rowCount);
  }

  private static final String END =
      "delete from session where token_hash = $1 returning moderator_id";

  /** The moderator whose session it was; empty where it had ended already. */
  Future<Optional<Long>> end(SqlClient tx, byte[] tokenHash) {
    return tx.preparedQuery(END)
        .execute(Tuple.of(Buffer.buffer(tokenHash)))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getLong(0)));
  }

  private static final String END_ALL = "delete from session where moderator_id = $1";

  Future<Void> endAll(SqlClient tx, long moderator) {
    return tx.preparedQuery(END_ALL).execute(Tuple.of(moderator)).mapEmpty();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
