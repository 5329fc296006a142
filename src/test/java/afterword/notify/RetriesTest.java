package afterword.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetriesTest {
  @Test
  void each_pause_is_five_times_the_one_before_until_it_is_half_a_day() {
    List<Long> seconds =
        IntStream.rangeClosed(1, 8).mapToObj(n -> Retries.pause(n, 0.5).toSeconds()).toList();

    assertEquals(List.of(10L, 50L, 250L, 1_250L, 6_250L, 31_250L, 43_200L, 43_200L), seconds);
  }

  @Test
  void no_pause_is_shorter_or_longer_by_more_than_a_fifth() {
    DoubleStream.of(0, 0.1, 0.9, 1)
        .mapToObj(random -> Retries.pause(2, random))
        .forEach(
            pause ->
                assertTrue(
                    pause.compareTo(Duration.ofSeconds(40)) >= 0
                        && pause.compareTo(Duration.ofSeconds(60)) <= 0,
                    pause::toString));
  }

  @Test
  void all_attempts_together_take_about_a_day() {
    long seconds =
        IntStream.range(1, Retries.MOST).mapToLong(n -> Retries.pause(n, 0.5).toSeconds()).sum();

    assertEquals(22, Duration.ofSeconds(seconds).toHours());
  }
}
