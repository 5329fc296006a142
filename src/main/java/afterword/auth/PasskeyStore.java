package afterword.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Table {@code passkey}: what moderators' devices have shown of the keys that they keep. */
final class PasskeyStore {
  /**
   * A credential as the device made it.
   *
   * @param credential the device's kind, the credential's id and its public key, as attested
   * @param counter how often the device says it was used; 0 for ever with those that do not count
   */
  record Credential(
      byte[] id,
      byte[] credential,
      List<String> transports,
      boolean backupEligible,
      long counter) {}

  /** Whose it is. */
  record Passkey(long id, long moderator, boolean enabled, Credential credential) {}

  private static final String FIND =
      """
      select p.id, p.moderator_id, m.disabled_at is null,
        p.credential_id, p.credential, p.transports, p.backup_eligible, p.counter
      from passkey p join moderator m on m.id = p.moderator_id
      where p.credential_id = $1
      """;

  Future<Optional<Passkey>> find(SqlClient client, byte[] credentialId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(Buffer.buffer(credentialId)))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(passkey(rows.iterator().next())));
  }

  private static Passkey passkey(Row row) {
    return new Passkey(
        row.getLong(0),
        row.getLong(1),
        row.getBoolean(2),
        new Credential(
            row.getBuffer(3).getBytes(),
            row.getBuffer(4).getBytes(),
            List.of(row.getArrayOfStrings(5)),
            row.getBoolean(6),
            row.getLong(7)));
  }

  /** One of a moderator's own, as shown. */
  record Listed(
      long id,
      String name,
      byte[] credentialId,
      List<String> transports,
      Instant createdAt,
      Optional<Instant> lastUsedAt) {}

  private static final String LIST =
      """
      select id, name, credential_id, transports, created_at, last_used_at
      from passkey where moderator_id = $1 order by id
      """;

  Future<List<Listed>> list(SqlClient client, long moderator) {
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(moderator))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Listed(
                                row.getLong(0),
                                row.getString(1),
                                row.getBuffer(2).getBytes(),
                                List.of(row.getArrayOfStrings(3)),
                                row.getOffsetDateTime(4).toInstant(),
                                Optional.ofNullable(row.getOffsetDateTime(5))
                                    .map(OffsetDateTime::toInstant)))
                    .toList());
  }

  private static final String ADD =
      """
      insert into passkey
        (moderator_id, credential_id, credential, transports, backup_eligible, counter, name, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (credential_id) do nothing
      returning id
      """;

  /** Empty where somebody has this credential already. */
  Future<Optional<Long>> add(
      SqlClient tx, long moderator, Credential made, String name, Instant at) {
    return tx.preparedQuery(ADD)
        .execute(
            Tuple.tuple()
                .addLong(moderator)
                .addBuffer(Buffer.buffer(made.id()))
                .addBuffer(Buffer.buffer(made.credential()))
                .addArrayOfString(made.transports().toArray(String[]::new))
                .addBoolean(made.backupEligible())
                .addLong(made.counter())
                .addString(name)
                .addOffsetDateTime(utc(at)))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getLong(0)));
  }

  private static final String USE =
      """
      update passkey set counter = $3, last_used_at = $4 where id = $1 and counter = $2
      """;

  /** False where it was removed or used by somebody else since it was read. */
  Future<Boolean> use(SqlClient tx, Passkey read, long counter, Instant at) {
    return tx.preparedQuery(USE)
        .execute(Tuple.of(read.id(), read.credential().counter(), counter, utc(at)))
        .map(rows -> rows.rowCount() > 0);
  }

  private static final String RENAME =
      "update passkey set name = $3 where moderator_id = $1 and id = $2";

  Future<Boolean> rename(SqlClient tx, long moderator, long id, String name) {
    return tx.preparedQuery(RENAME)
        .execute(Tuple.of(moderator, id, name))
        .map(rows -> rows.rowCount() > 0);
  }

  private static final String REMOVE = "delete from passkey where moderator_id = $1 and id = $2";

  Future<Boolean> remove(SqlClient tx, long moderator, long id) {
    return tx.preparedQuery(REMOVE)
        .execute(Tuple.of(moderator, id))
        .map(rows -> rows.rowCount() > 0);
  }

  private static final String REMOVE_ALL = "delete from passkey where moderator_id = $1";

  /** How many there were. */
  Future<Integer> removeAll(SqlClient tx, long moderator) {
    return tx.preparedQuery(REMOVE_ALL).execute(Tuple.of(moderator)).map(SqlResult::rowCount);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
