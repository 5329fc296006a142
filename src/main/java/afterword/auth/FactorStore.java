package afterword.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Tables {@code totp} and {@code recovery_code}: a moderator's second factor. */
final class FactorStore {
  /** Not confirmed: only being set up, so that it is not asked for. */
  record Factor(byte[] sealedSecret, boolean confirmed, long lastStep, int recoveryCodes) {}

  private static final String FIND =
      """
      select t.sealed_secret, t.confirmed_at is not null, t.last_step,
        (select count(*)::int from recovery_code c where c.moderator_id = t.moderator_id)
      from totp t where t.moderator_id = $1
      """;

  Future<Optional<Factor>> find(SqlClient client, long moderator) {
    return factor(client, FIND, moderator);
  }

  /** Nobody else takes a code of this moderator until the transaction ends. */
  Future<Optional<Factor>> lock(SqlClient tx, long moderator) {
    return factor(tx, FIND + " for update of t", moderator);
  }

  private static Future<Optional<Factor>> factor(SqlClient client, String sql, long moderator) {
    return client
        .preparedQuery(sql)
        .execute(Tuple.of(moderator))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(factor(rows.iterator().next())));
  }

  private static Factor factor(Row row) {
    return new Factor(
        row.getBuffer(0).getBytes(), row.getBoolean(1), row.getLong(2), row.getInteger(3));
  }

  private static final String BEGIN =
      """
      insert into totp (moderator_id, sealed_secret, created_at) values ($1, $2, $3)
      on conflict (moderator_id) do update
        set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, last_step = 0
        where totp.confirmed_at is null
      """;

  /** False where there is a confirmed one, which is not replaced. */
  Future<Boolean> begin(SqlClient tx, long moderator, byte[] sealedSecret, Instant at) {
    return tx.preparedQuery(BEGIN)
        .execute(Tuple.of(moderator, Buffer.buffer(sealedSecret), at.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.rowCount() > 0);
  }

  private static final String TAKE_STEP =
      """
      update totp set last_step = $2, confirmed_at = coalesce(confirmed_at, $3) where moderator_id = $1
      """;

  Future<Void> takeStep(SqlClient tx, long moderator, long step, Instant at) {
    return tx.preparedQuery(TAKE_STEP)
        .execute(Tuple.of(moderator, step, at.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  private static final String ADD_CODES =
      "insert into recovery_code (moderator_id, code_hash) select $1, unnest($2::bytea[])";

  Future<Void> addRecoveryCodes(SqlClient tx, long moderator, List<byte[]> hashes) {
    return tx.preparedQuery(ADD_CODES)
        .execute(Tuple.tuple().addLong(moderator).addArrayOfBuffer(buffers(hashes)))
        .mapEmpty();
  }

  private static final String SEAL_ANEW =
      "update totp set sealed_secret = $2 where moderator_id = $1";

  Future<Void> sealAnew(SqlClient tx, long moderator, byte[] sealed) {
    return tx.preparedQuery(SEAL_ANEW)
        .execute(Tuple.of(moderator, Buffer.buffer(sealed)))
        .mapEmpty();
  }

  private static final String TAKE_CODE =
      "delete from recovery_code where moderator_id = $1 and code_hash = any ($2)";

  /**
   * Whether it was one that had not been taken.
   *
   * @param hashes under which it may be stored
   */
  Future<Boolean> takeRecoveryCode(SqlClient tx, long moderator, List<byte[]> hashes) {
    return tx.preparedQuery(TAKE_CODE)
        .execute(Tuple.tuple().addLong(moderator).addArrayOfBuffer(buffers(hashes)))
        .map(rows -> rows.rowCount() > 0);
  }

  private static Buffer[] buffers(List<byte[]> hashes) {
    return hashes.stream().map(Buffer::buffer).toArray(Buffer[]::new);
  }

  private static final String REMOVE_CODES = "delete from recovery_code where moderator_id = $1";
  private static final String REMOVE = "delete from totp where moderator_id = $1";

  /** Whether there was one. */
  Future<Boolean> remove(SqlClient tx, long moderator) {
    return tx.preparedQuery(REMOVE_CODES)
        .execute(Tuple.of(moderator))
        .compose(gone -> tx.preparedQuery(REMOVE).execute(Tuple.of(moderator)))
        .map(rows -> rows.rowCount() > 0);
  }
}
