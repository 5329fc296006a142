package afterword.thread;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.events.Event;
import afterword.events.Position;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeardEventsTest {
  private final HeardEvents heard = new HeardEvents();

  HeardEventsTest() {
    heard.begin(new Position(100, 1));
  }

  @Test
  void an_answer_must_have_all_that_happened_before_the_beginning() {
    assertFalse(has(7, 100));
    assertTrue(has(7, 101));
  }

  @Test
  void nothing_is_known_before_it_begins_nor_after_events_were_missed() {
    assertFalse(new HeardEvents().areIn(1, Set.of(7L), Long.MAX_VALUE));

    heard.forget();

    assertFalse(has(7, 1_000));
    heard.begin(new Position(200, 1));
    assertFalse(has(7, 200));
    assertTrue(has(7, 201));
  }

  @Test
  void an_event_is_asked_of_answers_about_its_thread_and_of_those_about_the_whole_site() {
    hear(7, 150);

    assertFalse(has(7, 150));
    assertFalse(has(ReadCache.WHOLE_SITE, 150));
    assertFalse(has(ReadCache.UNKNOWN_PAGE, 150));
    assertTrue(has(8, 150));
    assertTrue(heard.areIn(2, Set.of(7L), 150), "of another site");
    assertTrue(has(7, 151));
  }

  @Test
  void of_several_threads_each_must_be_there() {
    hear(7, 150);
    hear(8, 160);

    assertFalse(heard.areIn(1, Set.of(7L, 8L), 155));
    assertTrue(heard.areIn(1, Set.of(7L, 8L), 161));
  }

  @Test
  void ones_own_change_is_nowhere_until_its_position_is_known() {
    heard.heard(event(7), Optional.empty());
    assertFalse(has(7, 1_000_000));

    hear(7, 150);

    assertTrue(has(7, 151));
  }

  @Test
  void transactions_are_numbers_without_sign() {
    hear(7, Long.MAX_VALUE + 5);

    assertFalse(has(7, Long.MAX_VALUE));
    assertTrue(has(7, Long.MAX_VALUE + 6));
  }

  @Test
  void changes_in_very_many_threads_take_no_more_room_and_let_nothing_old_through() {
    for (int thread = 1; thread <= 50_000; thread++) hear(thread, 1_000 + thread);

    assertTrue(heard.size() <= 10_002, () -> "remembers " + heard.size());
    assertFalse(has(1, 1_001));
    assertTrue(has(1, 51_001));
  }

  private void hear(long thread, long transaction) {
    heard.heard(event(thread), Optional.of(new Position(transaction, 1)));
  }

  private static Event event(long thread) {
    return new Event(1, Event.Kind.COMMENT_CHANGED, thread, 5, 5, 0);
  }

  private boolean has(long thread, long before) {
    return heard.areIn(1, Set.of(thread), before);
  }
}
