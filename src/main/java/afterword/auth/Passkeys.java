package afterword.auth;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.keys.Hashes;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Problem;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Keys that people's devices keep and let out only to who is recognised there: something had and
 * something known at once, so whoever shows one is asked for neither password nor code.
 */
final class Passkeys {
  private static final int MOST = 20;

  private final Database database;
  private final PasskeyStore passkeys;
  private final PasskeyVerifier verifier;
  private final Sessions sessions;
  private final AuditStore audit;
  private final Keys keys;
  private final Clock clock;

  Passkeys(
      Database database,
      PasskeyStore passkeys,
      PasskeyVerifier verifier,
      Sessions sessions,
      AuditStore audit,
      Keys keys,
      Clock clock) {
    this.database = database;
    this.passkeys = passkeys;
    this.verifier = verifier;
    this.sessions = sessions;
    this.audit = audit;
    this.keys = keys;
    this.clock = clock;
  }

  Future<List<PasskeyStore.Listed>> list(long moderator) {
    return database.readCurrent(client -> passkeys.list(client, moderator));
  }

  /** Those there are, which a device is not asked to make again; fails where there are enough. */
  Future<List<PasskeyStore.Listed>> beforeAnother(long moderator) {
    return list(moderator)
        .map(
            have -> {
              if (have.size() >= MOST)
                throw conflict("There are " + MOST + " passkeys already. Remove one first.");
              return have;
            });
  }

  /** What a device knows the account by: says nothing, and differs from installation to other. */
  byte[] handle(long moderator) {
    return handles(moderator).newest();
  }

  /** A device keeps the one that it was given. */
  private Hashes handles(long moderator) {
    return keys.hashes(Purpose.PASSKEY_USER, Long.toString(moderator));
  }

  /** The new one's number. */
  Future<Long> add(
      Moderator moderator, byte[] challenge, PasskeyVerifier.Attestation made, String name) {
    return verifier
        .verify(challenge, made)
        .map(credential -> credential.orElseThrow(Passkeys::notMade))
        .compose(
            credential ->
                database.write(
                    tx ->
                        passkeys
                            .add(tx, moderator.id(), credential, name, clock.instant())
                            .map(id -> id.orElseThrow(Passkeys::alreadyThere))
                            .compose(
                                id ->
                                    note(tx, moderator.actor(), "passkey-added", moderator.id())
                                        .map(id))));
  }

  /** A new session's token. The same failure whatever was wrong. */
  Future<String> signIn(byte[] challenge, PasskeyVerifier.Assertion shown, Sessions.Visit visit) {
    return database
        .readCurrent(client -> passkeys.find(client, shown.credentialId()))
        .compose(
            found -> {
              Optional<PasskeyStore.Passkey> owned =
                  found.filter(
                      key -> key.enabled() && handles(key.moderator()).contain(shown.userHandle()));
              return owned.isEmpty()
                  ? refuse(found)
                  : verifier
                      .verify(challenge, owned.get().credential(), shown)
                      .compose(
                          counter ->
                              counter.isEmpty()
                                  ? refuse(found)
                                  : begin(owned.get(), counter.get(), visit));
            });
  }

  private Future<String> begin(PasskeyStore.Passkey key, long counter, Sessions.Visit visit) {
    return database.write(
        tx ->
            passkeys
                .use(tx, key, counter, clock.instant())
                .compose(
                    used ->
                        used
                            ? sessions.begin(tx, key.moderator(), visit, "passkey")
                            : Future.failedFuture(notTaken()))
                .compose(token -> sessions.beganWith(tx, token, key.id()).map(token)));
  }

  private Future<String> refuse(Optional<PasskeyStore.Passkey> found) {
    return sessions
        .noteFailed(found.map(PasskeyStore.Passkey::moderator), "passkey")
        .compose(noted -> Future.failedFuture(notTaken()));
  }

  Future<Void> rename(Moderator moderator, long id, String name) {
    return database.write(
        tx -> passkeys.rename(tx, moderator.id(), id, name).compose(Passkeys::orNotFound));
  }

  /**
   * Ends the sessions that began with it, but not the one that asks; how many. The caller has made
   * sure of the password, which so remains as a way in.
   */
  Future<Integer> remove(Moderator moderator, long id, String session) {
    return database.write(
        tx ->
            sessions
                .endBegunWith(tx, id, session)
                .compose(
                    ended ->
                        passkeys
                            .remove(tx, moderator.id(), id)
                            .compose(Passkeys::orNotFound)
                            .compose(
                                removed ->
                                    note(tx, moderator.actor(), "passkey-removed", moderator.id()))
                            .map(ended)));
  }

  /** For somebody who lost every device, or whose account somebody else was in. */
  Future<Void> removeAll(SqlConnection tx, String actor, long moderator) {
    return passkeys
        .removeAll(tx, moderator)
        .compose(
            removed ->
                removed > 0
                    ? note(tx, actor, "passkey-removed", moderator)
                    : Future.succeededFuture());
  }

  private Future<Void> note(SqlConnection tx, String actor, String action, long moderator) {
    return audit.append(
        tx, new AuditEntry(0, clock.instant(), actor, action, "moderator:" + moderator));
  }

  private static Future<Void> orNotFound(boolean done) {
    return done
        ? Future.succeededFuture()
        : Future.failedFuture(FailureException.notFound("There is no such passkey."));
  }

  static FailureException notTaken() {
    return FailureException.unauthenticated(
        "That passkey was not taken. Begin again, or sign in by password.");
  }

  /** An answer of another time, browser or device; the session itself is fine, so no 401. */
  static FailureException notMade() {
    return FailureException.invalid(
        List.of(
            new FieldError(
                "/response", "wrong", "That is not the passkey asked for. Begin again.")));
  }

  private static FailureException alreadyThere() {
    return conflict("That passkey is there already.");
  }

  private static FailureException conflict(String detail) {
    return new FailureException(new Failure.Conflict(Problem.CONFLICT, detail));
  }
}
