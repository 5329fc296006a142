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
import java.util.List;
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
  private final SecondFactor secondFactor;
  private final Keys keys;
  private final Clock clock;
  private final SecureRandom random;

  Sessions(
      Database database,
      ModeratorStore moderators,
      SessionStore sessions,
      AuditStore audit,
      Passwords passwords,
      SecondFactor secondFactor,
      Keys keys,
      Clock clock,
      SecureRandom random) {
    this.database = database;
    this.moderators = moderators;
    this.sessions = sessions;
    this.audit = audit;
    this.passwords = passwords;
    this.secondFactor = secondFactor;
    this.keys = keys;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What somebody signs in with.
   *
   * @param code of the second factor, asked for only where the password is right
   * @param client what the session will be known by, such as "Firefox on Linux"
   */
  record Credentials(String email, String password, Optional<String> code, String client) {}

  /**
   * A new session's token. The same failure, after the same work, for an unknown account, a
   * disabled one and a wrong password.
   *
   * @param previous token of a session that this one takes the place of
   */
  Future<String> begin(Credentials credentials, Optional<String> previous) {
    return database
        .readCurrent(client -> moderators.account(client, credentials.email))
        .compose(
            account ->
                passwords
                    .matches(
                        credentials.password, account.flatMap(ModeratorStore.Account::passwordHash))
                    .compose(
                        matches ->
                            matches && account.orElseThrow().enabled()
                                ? begin(account.orElseThrow().id(), credentials, previous)
                                : refuse(account)));
  }

  private Future<String> begin(long moderator, Credentials credentials, Optional<String> previous) {
    return database
        .write(
            tx ->
                secondFactor
                    .require(tx, moderator, credentials.code)
                    .compose(passed -> begin(tx, moderator, credentials.client, previous)))
        .recover(refused -> noted(moderator, credentials, refused));
  }

  /** Once it is known who it is: by password, passkey or an identity provider. */
  Future<String> begin(SqlConnection tx, long moderator, String client, Optional<String> previous) {
    String token = SecretToken.generate(random);
    return previous
        .map(old -> sessions.end(tx, hash(old)).<Void>mapEmpty())
        .orElse(Future.succeededFuture())
        .compose(ended -> sessions.begin(tx, hash(token), moderator, client, clock.instant()))
        .compose(begun -> note(tx, moderator, "sign-in"))
        .map(token);
  }

  /** A wrong code counts as a failed sign-in; being asked for one does not. */
  private Future<String> noted(long moderator, Credentials credentials, Throwable refused) {
    if (credentials.code.isEmpty() || !(refused instanceof FailureException))
      return Future.failedFuture(refused);
    String person = "moderator:" + moderator;
    var entry = new AuditEntry(0, clock.instant(), "anyone", "sign-in-failed", person);
    return database
        .write(tx -> audit.append(tx, entry))
        .compose(noted -> Future.failedFuture(refused));
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

  /** Open sessions of a moderator, the one used last first. */
  Future<List<SessionStore.Open>> list(long moderator) {
    return database.readCurrent(client -> sessions.list(client, moderator, clock.instant()));
  }

  /** Fails where this moderator has no such session. */
  Future<Void> end(long moderator, long session) {
    return database.write(
        tx ->
            sessions
                .end(tx, moderator, session)
                .compose(
                    ended ->
                        ended
                            ? note(tx, moderator, "session-ended")
                            : Future.failedFuture(
                                FailureException.notFound("There is no such session."))));
  }

  boolean isOf(SessionStore.Open session, String token) {
    return Keys.same(session.tokenHash(), hash(token));
  }

  /** Every session of the moderator but this one. */
  Future<Void> endOthers(SqlConnection tx, long moderator, String token) {
    return sessions.endOthers(tx, moderator, hash(token));
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
