package afterword.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Passwords passwords = new Passwords(vertx, new SecureRandom());

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void knows_a_password_again() throws Exception {
    String stored = done(passwords.hash("correct horse battery"));

    assertTrue(done(passwords.matches("correct horse battery", Optional.of(stored))));
    assertFalse(done(passwords.matches("correct horse batterY", Optional.of(stored))));
  }

  @Test
  void works_as_long_for_nobody_as_for_somebody() throws Exception {
    String stored = done(passwords.hash("correct horse battery"));
    done(passwords.matches("warm up", Optional.of(stored)));

    long somebody = fastest(Optional.of(stored));
    long nobody = fastest(Optional.empty());

    // Without the dummy it would be microseconds; the machine may be busy in between.
    assertTrue(nobody > somebody / 10, "nobody " + nobody + " ns, somebody " + somebody + " ns");
  }

  @Test
  void lets_sixteen_wait_and_sends_the_next_away() {
    var asked = new ArrayList<Future<Boolean>>();
    for (int i = 0; i < 17; i++) asked.add(passwords.matches("wrong", Optional.empty()));

    Future<Boolean> next = passwords.matches("wrong", Optional.empty());

    assertTrue(next.failed());
    Failure failure = assertInstanceOf(FailureException.class, next.cause()).failure();
    assertEquals(2, assertInstanceOf(Failure.Unavailable.class, failure).retryAfterSeconds());
    for (Future<Boolean> each : asked) assertFalse(done(each));
    assertFalse(done(passwords.matches("wrong", Optional.empty())), "there is room again");
  }

  private long fastest(Optional<String> stored) {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      done(passwords.matches("wrong", stored));
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    return fastest;
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new AssertionError("no answer within 30 s", late);
    }
  }
}
