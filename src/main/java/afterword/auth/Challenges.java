package afterword.auth;

import afterword.db.Database;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Steps that begin here, go on elsewhere (at a device, at an identity provider) and come back. The
 * browser that begins one gets a secret in a cookie; what the other side has to answer is derived
 * from it, so that nothing which was begun in one browser can be finished in another. Works once,
 * within five minutes, on whichever process.
 */
final class Challenges {
  static final Duration LIFETIME = Duration.ofMinutes(5);

  enum Use {
    PASSKEY_SIGN_IN,
    NEW_PASSKEY,
    PROVIDER
  }

  private final Database database;
  private final ChallengeStore challenges;
  private final Keys keys;
  private final Clock clock;
  private final SecureRandom random;

  Challenges(
      Database database, ChallengeStore challenges, Keys keys, Clock clock, SecureRandom random) {
    this.database = database;
    this.challenges = challenges;
    this.keys = keys;
    this.clock = clock;
    this.random = random;
  }

  /**
   * The secret for the browser's cookie.
   *
   * @param session of whom it is begun in the name of; "" where nobody is signed in yet
   */
  Future<String> begin(Use use, String session) {
    String secret = SecretToken.generate(random);
    var now = clock.instant();
    return database
        .write(tx -> challenges.add(tx, hash(use, secret, session), now, now.plus(LIFETIME)))
        .map(secret);
  }

  /** Empty where it was not begun by this browser and session, is over, or was taken before. */
  Future<Optional<String>> take(Use use, Optional<String> secret, String session) {
    if (secret.isEmpty()) return Future.succeededFuture(secret);
    return database
        .write(tx -> challenges.take(tx, hash(use, secret.get(), session), clock.instant()))
        .map(taken -> secret.filter(held -> taken));
  }

  /** What the other side is given and has to bring back: 32 bytes that only we can derive. */
  byte[] expected(Use use, String part, String secret) {
    return keys.hash(Purpose.CHALLENGE, use.name(), part, secret);
  }

  private byte[] hash(Use use, String secret, String session) {
    return keys.hash(Purpose.CHALLENGE, use.name(), "stored", secret, session);
  }
}
