package afterword.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import afterword.TestClock;
import afterword.model.Failure;
import afterword.model.FailureException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {
  private final TestClock clock = new TestClock();
  private final SignInThrottle throttle = new SignInThrottle(clock);

  @Test
  void lets_an_account_be_tried_ten_times_and_then_twice_a_minute() {
    for (int i = 0; i < 10; i++) throttle.attempt("192.0.2." + i, "anna@example.org");

    assertEquals(
        30, refused("192.0.2.99", "Anna@Example.org"), "however it is written, from wherever");

    clock.advance(Duration.ofSeconds(30));
    throttle.attempt("192.0.2.99", "anna@example.org");
    assertEquals(30, refused("192.0.2.98", "anna@example.org"));
  }

  @Test
  void lets_an_address_try_twenty_accounts_and_then_ten_a_minute() {
    for (int i = 0; i < 20; i++) throttle.attempt("192.0.2.1", "person" + i + "@example.org");

    assertEquals(6, refused("192.0.2.1", "other@example.org"));
    assertDoesNotThrow(() -> throttle.attempt("192.0.2.2", "other@example.org"));
  }

  @Test
  void holds_a_thousand_wrong_passwords_down_to_a_few() {
    int tried = 0;
    for (int i = 0; i < 1000; i++) {
      clock.advance(Duration.ofMillis(100));
      try {
        throttle.attempt("192.0.2." + i % 250, "anna@example.org");
        tried++;
      } catch (FailureException tooMany) {
        continue;
      }
    }

    assertEquals(13, tried, "10 at once and 3 in the 100 s");
  }

  @Test
  void forgets_the_wrong_attempts_once_the_right_person_came() {
    for (int i = 0; i < 10; i++) throttle.attempt("192.0.2." + i, "anna@example.org");

    throttle.succeeded("ANNA@example.org");

    assertDoesNotThrow(() -> throttle.attempt("192.0.2.1", "anna@example.org"));
  }

  private long refused(String address, String email) {
    var thrown = assertThrows(FailureException.class, () -> throttle.attempt(address, email));
    return ((Failure.TooMany) thrown.failure()).retryAfterSeconds();
  }
}
