package afterword.auth;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.FailureException;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins, finds and ends sessions. What a session may do is read anew for each request. */
final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final Database database;
  private final ModeratorStore moderators;
  private final SessionStore sessions;
  private final AuditStore audit;
  private final Passwords passwords;
  private final Keys keys;
  private final Clock clock;
  private final SecureRandom random;

  Sessions(
      Database database,
      ModeratorStore moderators,
      SessionStore sessions,
      AuditStore audit,
      Passwords passwords,
      Keys keys,
      Clock clock,
      SecureRandom random) {
    this.database = database;
    this.moderators = moderators;
    this.sessions = sessions;
    this.audit = audit;
    this.passwords = passwords;
    this.keys = keys;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A new session's token. The same failure, after the same work, for an unknown account, a
   * disabled one and a wrong password.
   *
   * @param previous token of a session that this one takes the place of
   */
  Future<String> begin(String email, String password, Optional<String> previous) {
    return database
        .readCurrent(client -> moderators.account(client, email))
        .compose(
            account ->
                passwords
                    .matches(password, account.flatMap(ModeratorStore.Account::passwordHash))
                    .compose(
                        matches ->
                            matches && account.orElseThrow().enabled()
                                ? begin(account.orElseThrow().id(), previous)
                                : refuse(account)));
  }

  private Future<String> begin(long moderator, Optional<String> previous) {
    String token = SecretToken.generate(random);
    return database.write(
        tx ->
            previous
                .map(old -> sessions.end(tx, hash(old)).<Void>mapEmpty())
                .orElse(Future.succeededFuture())
                .compose(ended -> sessions.begin(tx, hash(token), moderator, clock.instant()))
                .compose(begun -> note(tx, moderator, "sign-in"))
                .map(token));
  }

  private Future<String> refuse(Optional<ModeratorStore.Account> account) {
    String object = account.map(known -> "moderator:" + known.id()).orElse("moderator:unknown");
    var entry = new AuditEntry(0, clock.instant(), "anyone", "sign-in-failed", object);
    return database
        .write(tx -> audit.append(tx, entry))
        .compose(
            noted ->
                Future.failedFuture(
                    FailureException.unauthenticated(
                        "The e-mail address or the password is wrong.")));
  }

  /** Empty where the session has ended in whatever way. */
  Future<Optional<Moderator>> find(String token) {
    byte[] hash = hash(token);
    var now = clock.instant();
    return database
        .readCurrent(client -> sessions.find(client, hash, now))
        .map(
            found -> {
              if (found.isPresent() && found.get().shouldBeTouched(now)) touch(hash);
              return found.map(SessionStore.Session::moderator);
            });
  }

  /** Nobody waits for it: a session that was not touched now is touched by its next request. */
  private void touch(byte[] hash) {
    database
        .readCurrent(client -> sessions.touch(client, hash, clock.instant()))
        .onFailure(failed -> LOG.debug("session not touched", failed));
  }

  /** Once the future succeeds no process takes the token any more. */
  Future<Void> end(String token) {
    return database.write(
        tx ->
            sessions
                .end(tx, hash(token))
                .compose(
                    moderator ->
                        moderator
                            .map(id -> note(tx, id, "sign-out"))
                            .orElse(Future.succeededFuture())));
  }

  /** What the admin page sends along with each change, known only to who can read our answers. */
  String csrf(String token) {
    return keys.token(Purpose.CSRF, token);
  }

  private byte[] hash(String token) {
    return keys.hash(Purpose.SESSION, token);
  }

  private Future<Void> note(SqlConnection tx, long moderator, String action) {
    String person = "moderator:" + moderator;
    return audit.append(tx, new AuditEntry(0, clock.instant(), person, action, person));
  }
}
