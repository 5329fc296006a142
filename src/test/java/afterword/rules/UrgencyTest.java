package afterword.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UrgencyTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<Reason> LATER = List.of(Reason.SITE_HOLDS_NEWCOMERS);

  @Test
  void is_due_at_once_when_nothing_speaks_against_it() {
    assertEquals(NOON, Urgency.dueAt(NOON, LATER, 0, 1));
  }

  @Test
  void the_more_it_looks_like_spam_the_earlier_it_is_due() {
    Instant before = NOON;
    for (double score : new double[] {0.2, 0.5, 0.9, 1}) {
      Instant due = Urgency.dueAt(NOON, LATER, score, 1);
      assertTrue(due.isBefore(before), score + " is due " + due);
      before = due;
    }
  }

  @Test
  void certain_spam_weighs_as_much_as_a_blocked_word() {
    assertEquals(
        Urgency.dueAt(NOON, List.of(Reason.BLOCKED_WORD), 0, 1), Urgency.dueAt(NOON, LATER, 1, 1));
  }

  @Test
  void what_readers_report_is_due_earlier_and_what_weighs_e_times_as_much_half_an_hour() {
    Instant due = Urgency.dueAt(NOON, List.of(Reason.FLAGGED), 0, Math.E);

    assertEquals(30, Math.round(Duration.between(due, NOON).toSeconds() / 60.0));
  }

  @Test
  void an_old_comment_overtakes_a_weighty_one_in_the_end() {
    Instant weighty = Urgency.dueAt(NOON, List.of(Reason.BLOCKED_WORD), 1, 1);

    assertTrue(Urgency.dueAt(NOON.minus(Duration.ofHours(3)), LATER, 0, 1).isBefore(weighty));
  }
}
