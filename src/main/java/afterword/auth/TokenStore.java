package afterword.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Table {@code access_token}: what scripts sign in with. Only the hash of a token is stored. */
final class TokenStore {
  record Token(Moderator moderator, long id, Set<Scope> scopes) {}

  /** For {@link afterword.keys.Renewal}. */
  static final String RENEW = "update access_token set token_hash = $1 where token_hash = any ($2)";

  private static final String FIND =
      "select "
          + ModeratorRow.COLUMNS
          + """
          , t.id, t.scopes
          from access_token t join moderator m on m.id = t.moderator_id
          where t.token_hash = $1 and t.revoked_at is null and (t.expires_at is null or t.expires_at > $2)
            and m.disabled_at is null
          """;

  Future<Optional<Token>> find(SqlClient client, byte[] tokenHash, Instant now) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(Buffer.buffer(tokenHash), utc(now)))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(token(rows.iterator().next())));
  }

  private static Token token(Row row) {
    var scopes = EnumSet.noneOf(Scope.class);
    for (String word : row.getArrayOfStrings(ModeratorRow.WIDTH + 1))
      Scope.of(word).ifPresent(scopes::add);
    return new Token(ModeratorRow.moderator(row), row.getLong(ModeratorRow.WIDTH), scopes);
  }

  private static final String ADD =
      """
      insert into access_token (token_hash, moderator_id, name, scopes, created_at, expires_at)
      values ($1, $2, $3, $4, $5, $6)
      returning id
      """;

  /** {@code expiresAt} may be null: never. */
  Future<Long> add(
      SqlClient tx,
      byte[] tokenHash,
      long moderator,
      String name,
      Set<Scope> scopes,
      Instant at,
      Instant expiresAt) {
    return tx.preparedQuery(ADD)
        .execute(
            Tuple.of(
                Buffer.buffer(tokenHash),
                moderator,
                name,
                scopes.stream().map(Scope::word).sorted().toArray(String[]::new),
                utc(at),
                expiresAt == null ? null : utc(expiresAt)))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** One that still works, as its owner sees it. */
  record Listed(
      long id, String name, List<String> scopes, Instant createdAt, Optional<Instant> expiresAt) {}

  private static final String LIST =
      """
      select id, name, scopes, created_at, expires_at
      from access_token
      where moderator_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)
      order by id desc
      limit 200
      """;

  Future<List<Listed>> list(SqlClient client, long moderator, Instant now) {
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(moderator, utc(now)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Listed(
                                row.getLong(0),
                                row.getString(1),
                                List.of(row.getArrayOfStrings(2)),
                                row.getOffsetDateTime(3).toInstant(),
                                Optional.ofNullable(row.getOffsetDateTime(4))
                                    .map(OffsetDateTime::toInstant)))
                    .toList());
  }

  private static final String REVOKE =
      "update access_token set revoked_at = $3 where id = $1 and moderator_id = $2 and revoked_at is null";

  /** Whether there was something to revoke. */
  Future<Boolean> revoke(SqlClient tx, long id, long moderator, Instant at) {
    return tx.preparedQuery(REVOKE)
        .execute(Tuple.of(id, moderator, utc(at)))
        .map(rows -> rows.rowCount() > 0);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
