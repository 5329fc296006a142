package afterword.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Failure;
import afterword.model.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
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

  /**
   * Not measured by a clock, which a busy machine upsets, but by the memory that Argon2id takes.
   */
  @Test
  void does_the_same_work_for_nobody_as_for_somebody() throws Exception {
    String stored = done(passwords.hash("correct horse battery"));

    long somebody = bytesTaken(Optional.of(stored));
    long nobody = bytesTaken(Optional.empty());

    assertTrue(somebody > 19 * 1024 * 1024, "somebody " + somebody + " bytes");
    assertEquals(somebody, nobody, somebody * 0.01, "bytes taken");
    assertEquals(parameters(stored), parameters(Passwords.NOBODY));
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

  private long bytesTaken(Optional<String> stored) {
    done(passwords.matches("warm up", stored));
    long before = bytesAllocatedByTheWorker();
    done(passwords.matches("wrong", stored));
    return bytesAllocatedByTheWorker() - before;
  }

  private static long bytesAllocatedByTheWorker() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith("afterword-passwords"))
        return threads.getThreadAllocatedBytes(thread.getThreadId());
    }
    throw new AssertionError("there is no thread for passwords");
  }

  private static String parameters(String phc) {
    return phc.substring(0, phc.indexOf('$', phc.indexOf("p=")));
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new AssertionError("no answer within 30 s", late);
    }
  }
}
