package afterword.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitingMailsTest {
  @Test
  void failures_in_a_row_are_waited_after_twice_as_long_each_and_no_longer_than_a_day() {
    assertEquals(Duration.ofMinutes(5), WaitingMails.waitAfter(0));
    assertEquals(Duration.ofMinutes(10), WaitingMails.waitAfter(1));
    assertEquals(Duration.ofMinutes(40), WaitingMails.waitAfter(3));
    for (int failures : new int[] {8, 9, 100, Integer.MAX_VALUE}) {
      Duration wait = WaitingMails.waitAfter(failures);
      assertTrue(wait.compareTo(Duration.ofHours(20)) > 0, wait::toString);
      assertTrue(wait.compareTo(Duration.ofDays(1)) <= 0, wait::toString);
    }
  }
}
