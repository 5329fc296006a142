package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The corpus of Markdown and HTML that tries to become active content. */
class MarkdownXssCorpusTest {
  private static final List<String> CORPUS = Corpus.markdownXss();

  /** Everything in the corpus that may be clicked, as it comes out. */
  private static final Set<String> HREFS =
      Set.of(
          "http://[::1]:80/",
          "http://169.254.169.254/latest/meta-data/",
          "http://example.com/?q=a&copy=1&lt;script&gt;",
          "http://www.example.com/",
          "https://evil.example/track.png",
          "https://example.com",
          "https://example.com/",
          "https://example.com/%22onclick=%22alert%281%29",
          "https://example.com/%22onmouseover=%22alert%281%29",
          "https://example.com/%27onmouseover=%27alert%281%29",
          "https://example.com/?a=1&lt;script%3E",
          "https://xn--xample-2of.com/",
          "mailto:a@b.c");

  @Test
  void no_entry_leaves_the_list_as_markdown() {
    for (String source : CORPUS) {
      Rendered rendered = Markup.render(source);
      SafeHtml.check(rendered.html(), source);
      SafeHtml.checkStable(rendered.html(), source);
      SafeHtml.checkLinksCanBeSeen(rendered.html(), source);
      assertEquals(rendered, Markup.render(source), "not deterministic: " + source);
      assertTrue(!rendered.isBlank(), "nothing to see of " + source);
    }
    System.out.println(
        CORPUS.size() + " entries of markdown-xss.json as Markdown, HTML, name and address");
  }

  @Test
  void no_entry_leaves_the_list_as_html() {
    for (String source : CORPUS) {
      SafeHtml.check(Markup.sanitizeHtml(source), source);
      SafeHtml.checkStable(Markup.sanitizeHtml(source), source);
    }
  }

  @Test
  void no_entry_is_an_address_that_runs_something() {
    for (String source : CORPUS) {
      Href.web(source)
          .ifPresent(
              href -> assertTrue(href.value().matches("https?://[!-~&&[^\"'<>`{}]]+"), source));
      assertEquals(PlainText.name(source), PlainText.name(PlainText.name(source)), source);
    }
  }

  @Test
  void these_and_no_other_links_come_out() {
    var hrefs = new TreeSet<String>();
    for (String source : CORPUS)
      for (Link link : Markup.render(source).links()) hrefs.add(link.href());

    assertEquals(new TreeSet<>(HREFS), hrefs);
  }

  @Test
  void the_whole_corpus_is_there() {
    assertEquals(118, CORPUS.size());
  }
}
