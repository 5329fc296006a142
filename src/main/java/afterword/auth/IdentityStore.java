package afterword.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Tables {@code identity} and {@code provider_session}: who people are at an identity provider, and
 * with what it is asked about them again.
 */
final class IdentityStore {
  private static final String FIND =
      """
      select i.moderator_id, m.disabled_at is null
      from identity i join moderator m on m.id = i.moderator_id
      where i.issuer = $1 and i.subject = $2
      """;

  /** Whose identity it is. */
  record Known(long moderator, boolean enabled) {}

  Future<Optional<Known>> find(SqlClient client, String issuer, String subject) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(issuer, subject))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> new Known(row.getLong(0), row.getBoolean(1)))
                    .findFirst());
  }

  private static final String ADD =
      "insert into identity (issuer, subject, moderator_id, created_at) values ($1, $2, $3, $4)";

  Future<Void> add(SqlClient tx, String issuer, String subject, long moderator, Instant at) {
    return tx.preparedQuery(ADD).execute(Tuple.of(issuer, subject, moderator, utc(at))).mapEmpty();
  }

  private static final String KEEP =
      """
      insert into provider_session (session_hash, sealed_refresh_token, checked_at) values ($1, $2, $3)
      on conflict (session_hash) do update
        set sealed_refresh_token = excluded.sealed_refresh_token, checked_at = excluded.checked_at
      """;

  Future<Void> keep(SqlClient tx, byte[] session, byte[] sealedRefreshToken, Instant at) {
    return tx.preparedQuery(KEEP)
        .execute(Tuple.of(Buffer.buffer(session), Buffer.buffer(sealedRefreshToken), utc(at)))
        .mapEmpty();
  }

  /** One whose turn it is to be asked about. */
  record Due(byte[] session, byte[] sealedRefreshToken, long moderator) {}

  private static final String CLAIM =
      """
      update provider_session p set checked_at = $1
      from session s
      where s.token_hash = p.session_hash and p.session_hash in (
        select session_hash from provider_session where checked_at <= $2
        order by checked_at limit 20 for update skip locked)
      returning p.session_hash, p.sealed_refresh_token, s.moderator_id
      """;

  /** Nobody else claims these until they are due again. */
  Future<List<Due>> claim(SqlClient tx, Instant now, Instant due) {
    return tx.preparedQuery(CLAIM)
        .execute(Tuple.of(utc(now), utc(due)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Due(
                                row.getBuffer(0).getBytes(),
                                row.getBuffer(1).getBytes(),
                                row.getLong(2)))
                    .toList());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
