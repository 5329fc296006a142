package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every entry of the Unicode corpus keeps what it expects; an entry without a check fails. */
class UnicodeCorpusTest {
  private static final List<Corpus.Entry> CORPUS = Corpus.unicodeNaughty();

  /**
   * Entries whose expectation is not about this room, and who keeps it. Here they only must not do
   * harm.
   */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "width: U+FDFD very wide x200", "browser: clipped by the widget's style",
          "width: U+12031 and long unbroken", "browser: no horizontal overflow of the widget",
          "rtl: Arabic+Hebrew+URL", "browser: dir=auto on the comment",
          "length: 1 MiB text", "http: 413 before the body is parsed");

  private static final Map<String, String> STAFF =
      Map.of("Greek ο", "moderator", "mod suffix", "Alice");

  private static final Map<String, Consumer<String>> CHECKS = checks();

  private static Map<String, Consumer<String>> checks() {
    Map<String, Consumer<String>> checks = new HashMap<>();
    for (String name : Set.of("RLO in name", "LRI unclosed", "RLI+PDI trojan source")) {
      checks.put("bidi: " + name, UnicodeCorpusTest::losesBidiControls);
    }
    checks.put(
        "bidi: LRM/RLM/ALM",
        text -> {
          assertEquals(text, PlainText.body(text));
          assertEquals(text, Markup.render(text).text());
          assertEquals("abcd", PlainText.name(text));
        });
    checks.put("zalgo: 64 combining marks", text -> assertTrue(longestRunOfMarks(text) <= 8));
    checks.put("zalgo: 5000 combining marks", text -> assertTrue(longestRunOfMarks(text) <= 8));
    for (String name : Set.of("lone high", "lone low", "swapped pair", "high at end")) {
      checks.put("surrogate: " + name, UnicodeCorpusTest::isRepairedAndReported);
    }
    checks.put("noncharacter: FFFE FFFF 1FFFE", text -> assertFalse(PlainText.isWellFormed(text)));
    checks.put(
        "control: NUL",
        text -> {
          assertFalse(PlainText.isWellFormed(text));
          assertEquals("ab", PlainText.body(text));
        });
    checks.put("control: C0", text -> assertEquals("ab", PlainText.body(text).replace("\n", "")));
    checks.put(
        "control: DEL and C1", text -> assertEquals("ab", PlainText.body(text).replace("\n", "")));
    checks.put("control: ESC sequence (terminal log injection)", UnicodeCorpusTest::losesControls);
    checks.put(
        "linebreak: LS PS NEL VT",
        text -> {
          assertEquals("a\nb\nc\nd", PlainText.body(text));
          assertEquals("a b c d", PlainText.name(text));
        });
    checks.put(
        "normal: NFC vs NFD",
        text -> {
          String[] spellings = text.split(" ");
          assertEquals(
              PlainText.fingerprintText(spellings[0]), PlainText.fingerprintText(spellings[1]));
          assertEquals(PlainText.body(spellings[0]), PlainText.body(spellings[1]));
        });
    checks.put(
        "normal: NFKC fold",
        text -> {
          assertEquals("admin admin", PlainText.fingerprintText(text));
          for (String name : text.split(" ")) looksLike("admin", name);
        });
    checks.put(
        "normal: ẛ̣ NFKC idempotence",
        text -> {
          String clean = PlainText.body(text);
          assertEquals(PlainText.length(clean), PlainText.length(PlainText.body(clean)));
          assertEquals(
              PlainText.fingerprintText(text),
              PlainText.fingerprintText(PlainText.fingerprintText(text)));
        });
    checks.put(
        "normal: U+FDFA NFKC expands 18x",
        text -> {
          assertTrue(
              PlainText.fingerprintText(text.repeat(100)).length() <= PlainText.MAX_FINGERPRINT);
          assertTrue(PlainText.nameSkeleton(text.repeat(100)).length() <= 20_000);
          assertEquals(text, PlainText.body(text));
        });
    checks.put("case: dotless i / Kelvin / long s", UnicodeCorpusTest::foldsAlikeInTurkey);
    checks.put("case: U+0130 lower-cases to 2 chars", UnicodeCorpusTest::foldsAlikeInTurkey);
    for (String name : Set.of("family ZWJ", "flag + skin")) {
      checks.put(
          "emoji: " + name,
          text -> {
            assertEquals(text, PlainText.body(text));
            assertEquals(text, PlainText.name(text));
            assertEquals(text, Markup.render(text).text());
          });
    }
    checks.put(
        "emoji: 5000 emoji",
        text -> {
          assertEquals(5_000, PlainText.length(text));
          assertEquals(text, Markup.render(text).text());
        });
    checks.put(
        "iosbomb: Telugu crash 2018",
        text -> {
          assertEquals(text, PlainText.body(text));
          assertEquals(text, Markup.render(text).text());
        });
    checks.put(
        "iosbomb: Black dot 2018",
        text -> assertTrue(Markup.render(text.repeat(500)).html().length() <= Markup.MAX_HTML));
    for (Corpus.Entry entry : CORPUS) {
      String key = entry.kind() + ": " + entry.name();
      if (key.matches("invisible: .* only")) checks.put(key, UnicodeCorpusTest::isBlankEverywhere);
      if (key.matches("invisible: .* in admin name"))
        checks.put(key, text -> looksLike("admin", text));
      if (entry.kind().equals("homoglyph")) {
        checks.put(key, text -> looksLike(STAFF.getOrDefault(entry.name(), "admin"), text));
      }
    }
    return checks;
  }

  @TestFactory
  Stream<DynamicTest> every_entry_keeps_what_it_expects() {
    return CORPUS.stream()
        .map(
            entry -> {
              String key = entry.kind() + ": " + entry.name();
              return DynamicTest.dynamicTest(
                  key,
                  () -> {
                    doesNoHarm(entry.text(), key);
                    if (ELSEWHERE.containsKey(key)) return;
                    assertNotNull(
                        CHECKS.get(key), "nothing checks \"" + key + "\": " + entry.expect());
                    CHECKS.get(key).accept(entry.text());
                  });
            });
  }

  @Test
  void every_check_has_its_entry() {
    Set<String> keys = Set.copyOf(CORPUS.stream().map(e -> e.kind() + ": " + e.name()).toList());

    assertEquals(75, keys.size());
    for (String key : CHECKS.keySet()) assertTrue(keys.contains(key), key);
    for (String key : ELSEWHERE.keySet()) assertTrue(keys.contains(key), key);
  }

  private static void doesNoHarm(String text, String key) {
    Rendered rendered = Markup.render(text);
    SafeHtml.check(rendered.html(), key);
    SafeHtml.checkStable(rendered.html(), key);
    for (String clean :
        List.of(
            PlainText.body(text), PlainText.name(text), PlainText.title(text), rendered.text())) {
      assertTrue(PlainText.isWellFormed(clean), key);
      assertTrue(Normalizer.isNormalized(clean, Normalizer.Form.NFC), key);
      assertTrue(clean.codePoints().noneMatch(Characters::isBidiControl), key);
      assertTrue(clean.codePoints().noneMatch(Characters::isControl), key);
    }
    PlainText.fingerprintText(text);
    PlainText.nameSkeleton(text);
  }

  private static void losesBidiControls(String text) {
    String without =
        text.codePoints()
            .filter(c -> !Characters.isBidiControl(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    assertNotEquals(text, without);
    assertEquals(without, PlainText.body(text));
    assertEquals(without.replaceAll(" +", " "), PlainText.name(text));
  }

  private static void isBlankEverywhere(String text) {
    assertTrue(PlainText.isBlank(text));
    assertTrue(PlainText.isBlank(PlainText.body(text)));
    assertTrue(PlainText.name(text).isEmpty());
    assertTrue(Markup.render(text).isBlank());
    assertEquals("", PlainText.fingerprintText(text));
  }

  private static void looksLike(String staff, String name) {
    assertEquals(PlainText.nameSkeleton(staff), PlainText.nameSkeleton(name));
    assertEquals(PlainText.nameSkeleton(staff), PlainText.nameSkeleton(PlainText.name(name)));
  }

  private static void isRepairedAndReported(String text) {
    assertFalse(PlainText.isWellFormed(text));
    assertTrue(PlainText.body(text).contains("\ufffd"));
    assertTrue(PlainText.name(text).contains("\ufffd"));
  }

  private static void losesControls(String text) {
    assertTrue(PlainText.body(text).chars().noneMatch(c -> c < 0x20 || c == 0x7f));
  }

  private static void foldsAlikeInTurkey(String text) {
    String fingerprint = PlainText.fingerprintText(text);
    String skeleton = PlainText.nameSkeleton(text);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertEquals(fingerprint, PlainText.fingerprintText(text));
      assertEquals(skeleton, PlainText.nameSkeleton(text));
    } finally {
      Locale.setDefault(before);
    }
  }

  private static int longestRunOfMarks(String text) {
    int longest = 0;
    for (String clean :
        List.of(PlainText.body(text), PlainText.name(text), Markup.render(text).text())) {
      int run = 0;
      for (int c : clean.codePoints().toArray()) {
        run = Characters.isCombining(c) ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
    }
    return longest;
  }
}
