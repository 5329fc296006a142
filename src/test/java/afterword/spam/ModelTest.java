package afterword.spam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Score;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
  @Test
  void says_what_speaks_for_spam_in_words_of_the_comment() {
    var writing =
        new Writing(
            "Buy cheap watches online today! Click here http://best-watches77.example.com/?ref=12",
            "best online casino",
            Optional.empty());

    Score score = Model.SHIPPED.score(writing);

    assertTrue(score.spam() > 0.95, score.toString());
    assertTrue(score.because().size() >= 2, score.toString());
    assertTrue(
        score.because().stream().anyMatch(r -> r.contains("link")), score.because().toString());
    assertTrue(
        score.because().stream().allMatch(r -> r.contains("“") || r.matches("[a-z ,']+.*")),
        score.because().toString());
  }

  @Test
  void a_plain_comment_needs_no_reasons() {
    Score score =
        Model.SHIPPED.score(Writing.of("I tried it yesterday and the children liked it."));

    assertTrue(score.spam() < 0.1, score.toString());
    assertEquals(List.of(), score.because());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "!", "http://", "😀😀😀", "ا", "\uD83D"})
  void any_text_has_a_score(String text) {
    double probability = Model.SHIPPED.probability(Features.of(Writing.of(text)));

    assertTrue(probability > 0 && probability < 1, "was " + probability);
  }

  @Test
  void a_link_behind_a_long_text_is_still_seen() {
    String filler = "We walked along the river and talked about the old bridge. ".repeat(160);

    double without = Model.SHIPPED.probability(Features.of(Writing.of(filler)));
    double with =
        Model.SHIPPED.probability(
            Features.of(Writing.of(filler + " http://casino-bonus99.example.com/?ref=5")));

    assertTrue(with > without + 0.05, without + " and " + with);
  }
}
