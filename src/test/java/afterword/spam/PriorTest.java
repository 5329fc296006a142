package afterword.spam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PriorTest {
  @Test
  void what_ships_is_what_the_templates_make() throws Exception {
    try (var shipped = Prior.class.getResourceAsStream("anchors.tsv")) {
      assertArrayEquals(
          shipped.readAllBytes(),
          TrainPrior.anchors(),
          "the templates or their writer have changed: run bin/train-spam");
    }
  }

  @Test
  void is_smaller_than_two_megabytes() {
    assertTrue(Judging.modelBytes() > 10_000 && Judging.modelBytes() < 2_000_000);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void no_template_is_in_both_sets(String language) {
    Phrases training = Phrases.of("training", language);
    Phrases heldOut = Phrases.of("held-out", language);
    for (String section :
        List.of("short", "good", "goodlink", "promo", "offer", "call", "flattery")) {
      var both = new HashSet<>(training.lines(section));
      both.retainAll(heldOut.lines(section));
      assertTrue(both.isEmpty(), both.toString());
    }
  }

  static List<String> languages() {
    return Writers.LANGUAGES;
  }

  @Test
  void knows_spam_and_people_of_templates_it_was_not_made_of() {
    Measured measured = new Judging(11).generated(3_000, (format, arguments) -> {});

    assertTrue(measured.auc() > 0.97, "auc " + measured.auc());
    assertTrue(measured.share(false, 0.9) < 0.02, "held " + measured.share(false, 0.9));
  }

  @Test
  void people_of_other_languages_are_not_held_more_than_twice_as_often() {
    double ratio = new Judging(11).otherLanguagesAgainstEnglish(6_000);

    assertTrue(ratio <= 2, "was " + ratio);
  }

  @Test
  void the_anchors_are_of_both_kinds_and_in_every_script() {
    List<Example> anchors = Prior.anchors();
    long spam = anchors.stream().filter(Example::spam).count();

    assertTrue(spam >= 150 && anchors.size() - spam >= 150);
    String text = new String(TrainPrior.anchors(), StandardCharsets.UTF_8);
    for (var script :
        List.of(
            Character.UnicodeScript.CYRILLIC,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.ARABIC))
      assertTrue(text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == script));
  }
}
