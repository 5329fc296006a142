package afterword.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Table {@code invitation}: one-time links that give a role on a site. */
final class InvitationStore {
  /** One that can be accepted. */
  record Invitation(
      int site,
      long id,
      String siteKey,
      String siteName,
      Role role,
      Optional<String> email,
      Instant createdAt,
      Instant expiresAt,
      String invitedBy) {}

  private static final String COLUMNS =
      """
      select i.site_id, i.id, s.key, s.name, i.role, i.email, i.created_at, i.expires_at, m.name
      from invitation i join site s on s.id = i.site_id join moderator m on m.id = i.created_by
      where i.site_id = $1 and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > $2
      """;
  private static final String LIST = COLUMNS + " order by i.id desc limit 200";

  Future<List<Invitation>> list(SqlClient client, int site, Instant now) {
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(site, utc(now)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(InvitationStore::invitation)
                    .toList());
  }

  /** For {@link afterword.keys.Renewal}. */
  static final String RENEW = "update invitation set token_hash = $1 where token_hash = any ($2)";

  private static final String FIND = COLUMNS + " and i.token_hash = $3";

  Future<Optional<Invitation>> find(SqlClient client, int site, byte[] tokenHash, Instant now) {
    return first(client, FIND, site, tokenHash, now);
  }

  /** Nobody else accepts it until the transaction ends. */
  Future<Optional<Invitation>> lock(SqlClient tx, int site, byte[] tokenHash, Instant now) {
    return first(tx, FIND + " for update of i", site, tokenHash, now);
  }

  private static Future<Optional<Invitation>> first(
      SqlClient client, String sql, int site, byte[] tokenHash, Instant now) {
    return client
        .preparedQuery(sql)
        .execute(Tuple.of(site, utc(now), Buffer.buffer(tokenHash)))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(invitation(rows.iterator().next())));
  }

  private static Invitation invitation(Row row) {
    return new Invitation(
        row.getInteger(0),
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        Role.of(row.getString(4)),
        Optional.ofNullable(row.getString(5)),
        row.getOffsetDateTime(6).toInstant(),
        row.getOffsetDateTime(7).toInstant(),
        row.getString(8));
  }

  private static final String ADD =
      """
      insert into invitation (site_id, token_hash, role, email, created_by, created_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7)
      returning id
      """;

  Future<Long> add(
      SqlClient tx,
      int site,
      byte[] tokenHash,
      Role role,
      Optional<String> email,
      long createdBy,
      Instant at,
      Instant expiresAt) {
    return tx.preparedQuery(ADD)
        .execute(
            Tuple.tuple()
                .addInteger(site)
                .addBuffer(Buffer.buffer(tokenHash))
                .addString(role.word())
                .addString(email.orElse(null))
                .addLong(createdBy)
                .addOffsetDateTime(utc(at))
                .addOffsetDateTime(utc(expiresAt)))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private static final String ACCEPT =
      "update invitation set accepted_at = $3, accepted_by = $4 where site_id = $1 and id = $2";

  Future<Void> accept(SqlClient tx, int site, long id, long moderator, Instant at) {
    return tx.preparedQuery(ACCEPT).execute(Tuple.of(site, id, utc(at), moderator)).mapEmpty();
  }

  private static final String WITHDRAW =
      """
      update invitation set withdrawn_at = $3
      where site_id = $1 and id = $2 and accepted_at is null and withdrawn_at is null
      """;

  /** Whether there was one that could still be accepted. */
  Future<Boolean> withdraw(SqlClient tx, int site, long id, Instant at) {
    return tx.preparedQuery(WITHDRAW)
        .execute(Tuple.of(site, id, utc(at)))
        .map(rows -> rows.rowCount() > 0);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
