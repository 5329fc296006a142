package afterword.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordListTest {
  @ParameterizedTest(name = "{0} in \"{1}\": {2}")
  @CsvSource({
    "casino, the best casino in town, true",
    "casino, casino, true",
    "casino, 'casino!', true",
    "casino, casinos, false",
    "casino, mycasino, false",
    "casino*, casinos, true",
    "casino*, mycasino, false",
    "*casino, mycasino, true",
    "*casino, mycasinos, false",
    "*casino*, mycasinos, true",
    "ass, a class of its own, false",
    "scunthorpe, people of scunthorpe, true",
    "buy now, please buy now, true",
    "buy now, please buy nowhere, false",
    "buy  NOW, please buy now, true",
    "e-mail, send an e-mail today, true",
    "CASINO, casino, true",
    "Straße, strasse, true",
    "ｃａｓｉｎｏ, casino, true",
    "赌博, 在线赌博网站, true",
    "casino, 在线casino网站, true",
    "казино, лучшее казино здесь, true",
    "казино, казинойл, false",
    "c++, learn c++ today, true",
    "*, anything at all, false",
  })
  void finds(String word, String text, boolean found) {
    assertEquals(found, WordList.of(List.of(word)).firstIn(text).isPresent());
  }

  @Test
  void finds_words_that_are_parts_of_each_other() {
    var list = WordList.of(List.of("she", "he", "*hers"));

    assertEquals(Optional.of("she"), list.firstIn("she"));
    assertEquals(Optional.of("*hers"), list.firstIn("ushers"));
    assertEquals(Optional.empty(), list.firstIn("shel"));
  }

  @Test
  void takes_no_more_steps_for_a_longer_list_than_the_text_is_long() {
    var words = new ArrayList<String>();
    for (int i = 1; i <= 1_000; i++) words.add("*" + "a".repeat(i % 60 + 1) + "b" + i + "*");

    long steps = stepsToFindNothing(words, "a".repeat(100_000));

    assertTrue(steps <= 3 * 100_000, steps + " steps");
  }

  @Test
  void words_that_do_not_stand_alone_cost_each_length_once() {
    var words = new ArrayList<String>();
    for (int i = 1; i <= 60; i++) words.add("a".repeat(i));

    long once = stepsToFindNothing(words, "x" + "a".repeat(20_000) + "x");
    long twice = stepsToFindNothing(words, "x" + "a".repeat(40_000) + "x");

    assertTrue(once <= 62 * 20_002, once + " steps");
    assertTrue(twice <= 2 * once + 60 * 60, twice + " steps for twice of " + once);
  }

  private static long stepsToFindNothing(List<String> words, String text) {
    var work = new WordList.Work();
    assertEquals(Optional.empty(), WordList.of(words).firstIn(text, work));
    return work.steps;
  }
}
