package afterword.auth;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes and compares passwords, one at a time on a thread of its own, so that sign-ins can take
 * neither the event loops nor more than 19 MiB. Sixteen may wait; the next is told to come back.
 */
final class Passwords {
  private static final int WAITING = 16;
  private static final int SALT_BYTES = 16;

  /** Compared with where there is no account, so that the answer takes as long. */
  static final String NOBODY =
      "$argon2id$v=19$m=19456,t=2,p=1$YWZ0ZXJ3b3JkLW5vYm9keQ$4fQ3cPpjNyT9rXGZ0mUeVtq2aB7dKwLh5sYxJi8oRn0";

  private final WorkerExecutor worker;
  private final SecureRandom random;
  private final AtomicInteger taken = new AtomicInteger();

  Passwords(Vertx vertx, SecureRandom random) {
    this.worker = vertx.createSharedWorkerExecutor("afterword-passwords", 1);
    this.random = random;
  }

  /** Fails with {@link Failure.Unavailable} where too many wait already. */
  Future<String> hash(String password) {
    return inTurn(() -> Argon2.hash(password, salt()));
  }

  /** Takes the same time with and without a stored hash. */
  Future<Boolean> matches(String password, Optional<String> stored) {
    return inTurn(() -> Argon2.matches(password, stored.orElse(NOBODY)) && stored.isPresent());
  }

  private <T> Future<T> inTurn(Callable<T> work) {
    if (taken.incrementAndGet() > WAITING + 1) {
      taken.decrementAndGet();
      return Future.failedFuture(
          new FailureException(
              new Failure.Unavailable("Too many sign-ins at once. Try again in 2 s.", 2)));
    }
    return worker.executeBlocking(work, false).onComplete(done -> taken.decrementAndGet());
  }

  private byte[] salt() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }
}
