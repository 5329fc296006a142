package afterword.comment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.keys.Keys;
import afterword.model.Site;
import afterword.model.SiteSettings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearPrintsTest {
  private static final Keys KEYS = new Keys("a secret for the tests of fingerprints");
  private static final Site SITE = new Site(1, "blog", "Blog", List.of(), SiteSettings.DEFAULTS, 1);
  private static final String PITCH =
      "I lost my job last spring and then found a wonderful course that taught me how to earn from home, "
          + "ask me for the details and start this very evening, you will never regret it, Greetings from ";

  @Test
  void copies_with_another_name_and_number_share_enough() {
    for (String changed :
        List.of(
            PITCH + "Mia, 4711",
            PITCH.replace("spring", "autumn") + "Tom 12",
            PITCH.toUpperCase() + "!!!",
            "hello friends " + PITCH)) {
      assertTrue(shared(PITCH + "Ada 99", changed) >= NearPrints.ENOUGH, changed);
    }
  }

  @Test
  void other_texts_do_not() {
    String other =
        "The second photograph shows the lamps along the towpath, which stay on until nine when it is foggy, "
            + "and I have never seen anybody else notice it before you wrote about it.";

    assertEquals(0, shared(PITCH, other));
  }

  @Test
  void a_quoted_line_is_not_said_again() {
    String answer =
        "I did exactly that and came home an hour late, with wet feet and two new friends.";

    assertEquals(shared(PITCH, answer), shared(PITCH, "> " + PITCH + "\n\n" + answer));
    assertEquals(NearPrints.KEPT, shared(answer, "> " + PITCH + "\n" + answer));
  }

  @Test
  void a_text_that_holds_another_with_noise_and_more_beside_it_is_a_copy() {
    String original =
        "The second photograph shows the lamps along the towpath, which stay on until nine when it is foggy.";
    String copy =
        "Best bonus of the town, spin for free all night and win what you like: visit the casino.\n"
            + original.replace("photograph", "photogaph").replace("foggy", "fogggy")
            + " Everything is explained over there, no deposit and no questions.";

    assertTrue(held(original, copy) >= NearPrints.ENOUGH_FOR_A_COPY);
    assertEquals(0, held(original, PITCH));
  }

  @Test
  void who_quotes_copies_nothing() {
    for (String quoting :
        List.of(
            "> " + PITCH + "\nSee http://a.example",
            "You say \"" + PITCH + "\" - see http://a.example",
            "Sie sagen \u201e" + PITCH + "\u201c, siehe http://a.example",
            "Vous dites \u00ab " + PITCH + " \u00bb, voir http://a.example")) {
      assertEquals(0, held(PITCH, quoting), quoting);
    }
  }

  @Test
  void numbers_make_no_difference() {
    assertEquals(NearPrints.KEPT, shared(PITCH + "Ada 99", PITCH + "Ada 4711 12"));
  }

  @Test
  void short_texts_have_none() {
    assertEquals(0, prints("Thank you so much for this, lovely!").length);
    assertEquals(0, prints("とても良い記事をありがとう").length);
  }

  @Test
  void scripts_without_spaces_have_words_too() {
    String said = "在线赌博网站今天注册就送现金红包名额有限先到先得";

    assertEquals(NearPrints.KEPT, prints(said).length);
    assertTrue(shared(said, said + "微信") >= NearPrints.ENOUGH);
  }

  /** How many of the first one's prints the second one's text has. */
  private static long held(String original, String text) {
    var wide = List.of(NearPrints.lookedFor(KEYS, SITE, text));
    return Arrays.stream(prints(original)).filter(wide::contains).count();
  }

  private static long shared(String a, String b) {
    var other = List.of(prints(b));
    return Arrays.stream(prints(a)).filter(other::contains).count();
  }

  private static Long[] prints(String text) {
    return NearPrints.of(KEYS, SITE, text);
  }
}
