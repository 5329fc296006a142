package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Limits;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Patterns that make Markdown parsers slow, deep or long-winded. */
class PathologicalMarkdownTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The corpus asks for 50 ms; a busy machine with a cold compiler gets more. */
  private static final double LONGEST_MS = 1_000;

  /** How each unit of the corpus is to be repeated, by name: chars wanted → source. */
  private static final Map<String, IntFunction<String>> CORPUS = corpus();

  /** Ours, by the same rule: things that nest or grow on their way to HTML. */
  private static final Map<String, IntFunction<String>> OWN =
      Map.of(
          "closed emphasis", n -> "*a _b ".repeat(n / 12) + "c_ d*".repeat(n / 12),
          "stars around one letter", n -> "*".repeat(n / 2) + "a" + "*".repeat(n / 2),
          "images in images", n -> "![".repeat(n / 7) + "a" + "](u)".repeat(n / 7),
          "one long reference, often",
              n -> "[a] ".repeat(n / 5) + "\n\n[a]: https://a.b/" + "x".repeat(n / 5),
          "hard breaks", n -> "\\\n".repeat(n / 2),
          "short quotes", n -> "> a\n\n".repeat(n / 5),
          "lists that start at two", n -> "2. a\n\n\n".repeat(n / 7),
          "emoji", n -> "\ud83d\ude00".repeat(n / 2),
          "links to nothing", n -> "[](https://a.b)".repeat(n / 15),
          "marks on one letter", n -> "o" + "\u0301\u0323".repeat(n / 2));

  /** Found by a random search: on these the parser's own work grows with the square or the cube. */
  private static final String[][] HUNTED = {
    {"~~__ ", "~>*"},
    {"> ![****", "&]\"  "},
    {" - - **", "_*__*"},
    {"![", "]("},
    {"** ", "~~*("},
    {"*~~~", "~~&*"},
    {"*a _b ", "c_ d*"}
  };

  private static Map<String, IntFunction<String>> corpus() {
    Map<String, IntFunction<String>> sources = new LinkedHashMap<>();
    for (Corpus.Entry entry : Corpus.markdownPathological()) {
      String unit = entry.text();
      IntFunction<String> repeat = n -> unit.repeat(n / unit.length());
      IntFunction<String> how =
          switch (entry.kind()) {
            case "repeat 10000 with growing indent" ->
                n -> growing(i -> " ".repeat(2 * i) + unit + "a\n", n);
            case "repeat i times for i in 1..500" -> n -> growing(i -> unit.repeat(i + 1) + " ", n);
            case "repeat 20000 then |-" -> n -> repeat.apply(n - 2) + "\n|-";
            case "repeat 10000 without spaces", "repeat 10000", "repeat 20000", "repeat 50000" ->
                repeat;
            default -> throw new AssertionError("no rule for \"" + entry.kind() + "\"");
          };
      assertTrue(
          entry.expect().contains("64k/32k <= 2.5"),
          "an expectation nobody checks: " + entry.expect());
      sources.put(entry.name(), how);
    }
    return sources;
  }

  private static String growing(IntFunction<String> piece, int chars) {
    var text = new StringBuilder();
    for (int i = 0; text.length() < chars; i++) text.append(piece.apply(i));
    return text.substring(0, chars);
  }

  private static Stream<Map.Entry<String, IntFunction<String>>> patterns() {
    return Stream.concat(CORPUS.entrySet().stream(), OWN.entrySet().stream());
  }

  @TestFactory
  Stream<DynamicTest> renders_the_longest_comment_in_good_time_and_size() {
    return patterns()
        .map(
            p ->
                DynamicTest.dynamicTest(
                    p.getKey(),
                    () -> {
                      String source = p.getValue().apply(Limits.TEXT);

                      double millis = cpuMillis(source, 3);

                      assertTrue(millis < LONGEST_MS, "took " + millis + " ms");
                      Rendered rendered = Markup.render(source);
                      SafeHtml.check(rendered.html(), p.getKey());
                      SafeHtml.checkStable(rendered.html(), p.getKey());
                      assertTrue(depth(Jsoup.parse(rendered.html()).body()) <= 45, "too deep");
                      assertTrue(
                          rendered.text().length() <= 3 * Limits.TEXT,
                          "text of " + rendered.text().length());
                    }));
  }

  /**
   * Memory taken is the same in every run, so it is held to the figure of the corpus. Time is not:
   * over eight times the length it only has to tell 8 times the work from 64.
   */
  @TestFactory
  Stream<DynamicTest> work_grows_with_the_length_and_not_with_its_square() {
    return patterns()
        .map(
            p ->
                DynamicTest.dynamicTest(
                    p.getKey(),
                    () -> {
                      String small = p.getValue().apply(4_000);
                      String half = p.getValue().apply(32_000);
                      String whole = p.getValue().apply(64_000);

                      double memory = (double) allocated(whole) / allocated(half);
                      double time = cpuMillis(half, 5) / Math.max(cpuMillis(small, 5), 0.5);

                      assertTrue(
                          memory <= 2.5, "memory for 64k is " + memory + " times that for 32k");
                      assertTrue(time <= 32, "time for 32k is " + time + " times that for 4k");
                    }));
  }

  @Test
  void emphasis_and_brackets_are_paired_up_to_a_bound() {
    assertTrue(Markup.render("*a* ".repeat(1_000)).html().contains("<em>"));
    assertEquals("<p>" + "*a* ".repeat(1_001) + "</p>", Markup.render("*a* ".repeat(1_001)).html());
    for (String[] pattern : HUNTED) {
      for (int n : new int[] {400, 500, Limits.TEXT / 20, Limits.TEXT / 10, 20_000}) {
        String source = pattern[0].repeat(n) + pattern[1].repeat(n);

        double millis = cpuMillis(source, 3);

        assertTrue(
            millis < LONGEST_MS, source.substring(0, 8) + " x " + n + " took " + millis + " ms");
      }
    }
  }

  @Test
  void every_pattern_of_the_corpus_is_tried() {
    assertEquals(15, CORPUS.size());
    System.out.println(
        CORPUS.size() + " pathological patterns of the corpus and " + OWN.size() + " of our own");
  }

  @Test
  void markdown_that_would_grow_beyond_the_bound_is_shown_as_it_was_typed() {
    String source = OWN.get("one long reference, often").apply(Limits.TEXT);

    Rendered rendered = Markup.render(source);

    assertTrue(rendered.html().startsWith("<p>[a] [a] [a]"), rendered.html());
    assertTrue(rendered.text().endsWith("xxx"), "cut short");
    assertEquals(0, rendered.links().size());
  }

  @Test
  void a_text_of_any_length_stays_within_the_bound() {
    for (String c : new String[] {"a", "<", "\n", "{", "\ud83d\ude00", "\udbff\udffd", "\"", "&"}) {
      SafeHtml.check(Markup.render(c.repeat(300_000)).html(), c);
      SafeHtml.check(Markup.sanitizeHtml(c.repeat(300_000)), c);
    }
  }

  @Test
  void html_from_elsewhere_may_be_nested_as_deep_as_it_likes() {
    for (String tag :
        new String[] {"b", "blockquote", "ul><li", "a href=https://a.b", "p", "font", "svg"}) {
      String html = ("<" + tag + ">").repeat(20_000) + "x";
      SafeHtml.check(Markup.sanitizeHtml(html), tag);
      SafeHtml.checkStable(Markup.sanitizeHtml(html), tag);
    }
  }

  private static int depth(Element element) {
    return 1
        + element.children().stream().mapToInt(PathologicalMarkdownTest::depth).max().orElse(0);
  }

  private static double cpuMillis(String source, int rounds) {
    return IntStream.range(0, rounds)
            .mapToLong(
                i -> {
                  long start = THREADS.getCurrentThreadCpuTime();
                  Markup.render(source);
                  return THREADS.getCurrentThreadCpuTime() - start;
                })
            .min()
            .orElseThrow()
        / 1e6;
  }

  private static long allocated(String source) {
    Markup.render(source);
    long start = THREADS.getCurrentThreadAllocatedBytes();
    Markup.render(source);
    return THREADS.getCurrentThreadAllocatedBytes() - start;
  }
}
