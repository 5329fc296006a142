package afterword.auth;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.keys.Renewal;
import afterword.model.FailureException;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tokens for scripts: a moderator's own rights, narrowed to scopes. */
final class AccessTokens {
  private final Database database;
  private final TokenStore tokens;
  private final AuditStore audit;
  private final Keys keys;
  private final Clock clock;
  private final SecureRandom random;

  AccessTokens(
      Database database,
      TokenStore tokens,
      AuditStore audit,
      Keys keys,
      Clock clock,
      SecureRandom random) {
    this.database = database;
    this.tokens = tokens;
    this.audit = audit;
    this.keys = keys;
    this.clock = clock;
    this.random = random;
  }

  /** The token itself, to be shown once. */
  Future<String> issue(
      long moderator, String name, Set<Scope> scopes, Optional<Duration> lifetime) {
    String token = SecretToken.ACCESS_PREFIX + SecretToken.generate(random);
    var now = clock.instant();
    return database.write(
        tx ->
            tokens
                .add(
                    tx,
                    hash(token),
                    moderator,
                    name,
                    scopes,
                    now,
                    lifetime.map(now::plus).orElse(null))
                .compose(
                    id ->
                        audit.append(
                            tx,
                            new AuditEntry(
                                0, now, "moderator:" + moderator, "token-added", "token:" + id)))
                .map(token));
  }

  /** Those that still work, the newest first. */
  Future<List<TokenStore.Listed>> list(long moderator) {
    return database.readCurrent(client -> tokens.list(client, moderator, clock.instant()));
  }

  /** Fails where this moderator has no such token. */
  Future<Void> revoke(long moderator, long id) {
    var now = clock.instant();
    var entry = new AuditEntry(0, now, "moderator:" + moderator, "token-revoked", "token:" + id);
    return database.write(
        tx ->
            tokens
                .revoke(tx, id, moderator, now)
                .compose(
                    revoked ->
                        revoked
                            ? audit.append(tx, entry)
                            : Future.failedFuture(
                                FailureException.notFound("There is no such token."))));
  }

  /** Empty where it is none of ours, revoked, over, or its moderator disabled. */
  Future<Optional<TokenStore.Token>> find(String token) {
    if (!isWellFormed(token)) return Future.succeededFuture(Optional.empty());
    return database.readCurrent(
        client ->
            Renewal.of(client, TokenStore.RENEW, keys.hashes(Purpose.ACCESS_TOKEN, token))
                .compose(renewed -> tokens.find(client, hash(token), clock.instant())));
  }

  private static boolean isWellFormed(String token) {
    return token.startsWith(SecretToken.ACCESS_PREFIX)
        && SecretToken.isWellFormed(token.substring(SecretToken.ACCESS_PREFIX.length()));
  }

  private byte[] hash(String token) {
    return keys.hash(Purpose.ACCESS_TOKEN, token);
  }
}
