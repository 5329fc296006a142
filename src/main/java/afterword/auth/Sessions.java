package afterword.auth;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.keys.Renewal;
import afterword.model.FailureException;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
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
   */
  record Credentials(String email, String password, Optional<String> code) {}

  /**
   * From where somebody signs in.
   *
   * @param client what the session will be known by, such as "Firefox on Linux"
   * @param previous token of a session that the new one takes the place of
   */
  record Visit(String client, Optional<String> previous) {}

  /**
   * A new session's token. The same failure, after the same work, for an unknown account, a
   * disabled one and a wrong password.
   */
  Future<String> begin(Credentials credentials, Visit visit) {
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
                                ? begin(account.orElseThrow().id(), credentials, visit)
                                : refuse(account)));
  }

  private Future<String> begin(long moderator, Credentials credentials, Visit visit) {
    return database
        .write(
            tx ->
                secondFactor
                    .require(tx, moderator, credentials.code)
                    .compose(passed -> begin(tx, moderator, visit, "password")))
        .recover(refused -> noted(moderator, credentials, refused));
  }

  /**
   * Once it is known who it is.
   *
   * @param how "password", "passkey" or "provider"
   */
  Future<String> begin(SqlConnection tx, long moderator, Visit visit, String how) {
    String token = SecretToken.generate(random);
    return visit
        .previous
        .map(old -> known(tx, old).compose(hash -> sessions.end(tx, hash)).<Void>mapEmpty())
        .orElse(Future.succeededFuture())
        .compose(ended -> sessions.begin(tx, hash(token), moderator, visit.client, clock.instant()))
        .compose(begun -> note(tx, moderator, "sign-in", how))
        .map(token);
  }

  /** So that the session ends with the passkey. */
  Future<Void> beganWith(SqlConnection tx, String token, long passkey) {
    return sessions.beganWith(tx, hash(token), passkey);
  }

  /** How many sessions that began with the passkey have ended now; the one that asks goes on. */
  Future<Integer> endBegunWith(SqlConnection tx, long passkey, String token) {
    return sessions.endBegunWith(tx, passkey, hash(token));
  }

  /** A wrong code counts as a failed sign-in; being asked for one does not. */
  private Future<String> noted(long moderator, Credentials credentials, Throwable refused) {
    if (credentials.code.isEmpty() || !(refused instanceof FailureException))
      return Future.failedFuture(refused);
    return noteFailed(Optional.of(moderator), "code")
        .compose(noted -> Future.failedFuture(refused));
  }

  private Future<String> refuse(Optional<ModeratorStore.Account> account) {
    return noteFailed(account.map(ModeratorStore.Account::id), "password")
        .compose(
            noted ->
                Future.failedFuture(
                    FailureException.unauthenticated(
                        "The e-mail address or the password is wrong.")));
  }

  /** That somebody tried in vain, and whose account it was where that is known. */
  Future<Void> noteFailed(Optional<Long> moderator, String how) {
    String object = moderator.map(known -> "moderator:" + known).orElse("moderator:unknown");
    var entry = new AuditEntry(0, clock.instant(), "anyone", "sign-in-failed", object);
    return database.write(tx -> audit.append(tx, entry.because(how)));
  }

  /** Empty where the session has ended in whatever way. */
  Future<Optional<Moderator>> find(String token) {
    var now = clock.instant();
    return database
        .readCurrent(
            client -> known(client, token).compose(hash -> sessions.find(client, hash, now)))
        .map(
            found -> {
              if (found.isPresent() && found.get().shouldBeTouched(now)) touch(hash(token));
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
            known(tx, token)
                .compose(hash -> sessions.end(tx, hash))
                .compose(
                    moderator ->
                        moderator
                            .map(id -> note(tx, id, "sign-out", null))
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
                            ? note(tx, moderator, "session-ended", null)
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

  boolean isCsrf(String token, String sent) {
    return keys.signed(sent, Purpose.CSRF, token);
  }

  /** What it is stored under from now on, whatever the secret was when it began. */
  private Future<byte[]> known(SqlClient client, String token) {
    return Renewal.of(client, SessionStore.RENEW, keys.hashes(Purpose.SESSION, token))
        .map(renewed -> hash(token));
  }

  /** What is stored of it. */
  byte[] hash(String token) {
    return keys.hash(Purpose.SESSION, token);
  }

  private Future<Void> note(SqlConnection tx, long moderator, String action, String reason) {
    String person = "moderator:" + moderator;
    var entry = new AuditEntry(0, clock.instant(), person, action, person);
    return audit.append(tx, entry.because(reason));
  }
}
