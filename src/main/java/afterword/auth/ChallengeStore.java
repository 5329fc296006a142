package afterword.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Table {@code challenge}: what has been begun and may be finished once, until it expires. */
final class ChallengeStore {
  private static final String TIDY = "delete from challenge where expires_at <= $1";
  private static final String ADD =
      "insert into challenge (token_hash, expires_at) values ($1, $2)";

  /** Removes the expired ones on the way. */
  Future<Void> add(SqlClient tx, byte[] tokenHash, Instant now, Instant expiresAt) {
    return tx.preparedQuery(TIDY)
        .execute(Tuple.of(utc(now)))
        .compose(
            tidy ->
                tx.preparedQuery(ADD).execute(Tuple.of(Buffer.buffer(tokenHash), utc(expiresAt))))
        .mapEmpty();
  }

  private static final String TAKE =
      "delete from challenge where token_hash = $1 and expires_at > $2";

  /** Whether it was there; from now on it is not. */
  Future<Boolean> take(SqlClient tx, byte[] tokenHash, Instant now) {
    return tx.preparedQuery(TAKE)
        .execute(Tuple.of(Buffer.buffer(tokenHash), utc(now)))
        .map(rows -> rows.rowCount() > 0);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
