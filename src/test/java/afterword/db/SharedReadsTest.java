package afterword.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
  private static final int KEYS = 50_000;

  private final SharedReads<String, String> reads = new SharedReads<>();
  private final List<String> kept = new ArrayList<>();
  private final List<Promise<String>> asked = new ArrayList<>();

  @Test
  void those_who_ask_the_same_at_the_same_time_share_one_question() {
    Future<String> first = ask("a");
    Future<String> second = ask("a");
    ask("b");
    asked.get(0).complete("answer");

    assertEquals(2, asked.size());
    assertEquals("answer", first.result());
    assertEquals("answer", second.result());
    assertEquals(List.of("answer"), kept);
  }

  @Test
  void who_asks_afterwards_asks_anew_and_failures_are_shared_but_not_kept() {
    Future<String> failed = ask("a");
    asked.get(0).fail("away");
    Future<String> next = ask("a");
    asked.get(1).complete("answer");

    assertTrue(failed.failed());
    assertEquals("answer", next.result());
  }

  @Test
  void an_answer_from_before_a_change_is_given_to_those_who_wait_and_not_kept() {
    Future<String> early = ask("a");
    reads.outdate();
    Future<String> late = ask("a");
    asked.get(1).complete("new");
    asked.get(0).complete("old");

    assertEquals("old", early.result());
    assertEquals("new", late.result());
    assertEquals(List.of("new"), kept);
  }

  @Test
  void a_question_that_looks_for_what_was_kept_is_asked_once_by_several_threads() {
    var answers = new ConcurrentHashMap<Integer, String>();
    var questions = new AtomicInteger();
    IntConsumer ask =
        key -> {
          if (answers.containsKey(key)) return;
          reads.ask(
              "key " + key,
              () -> Optional.ofNullable(answers.get(key)),
              () -> {
                questions.incrementAndGet();
                return Future.succeededFuture("answer");
              },
              answer -> answers.put(key, answer));
        };

    AtOnce.onEach(KEYS, ask);

    assertEquals(KEYS, questions.get());
  }

  private Future<String> ask(String key) {
    return reads.ask(
        key,
        Optional::empty,
        () -> {
          asked.add(Promise.promise());
          return asked.get(asked.size() - 1).future();
        },
        kept::add);
  }
}
