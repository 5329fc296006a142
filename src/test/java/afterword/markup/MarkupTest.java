package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkupTest {
  private static final String REL = " rel=\"nofollow ugc noopener noreferrer\"";

  @Test
  void renders_what_comments_are_written_in() {
    assertHtml(
        "a *b* **c** ~~d~~ `e`",
        "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>");
    assertHtml("a\n\nb", "<p>a</p>\n<p>b</p>");
    assertHtml("> a", "<blockquote>\n<p>a</p>\n</blockquote>");
    assertHtml("- a\n- b", "<ul><li>a</li><li>b</li></ul>");
    assertHtml("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>");
    assertHtml("```\na < b\n  c\n```", "<pre><code>a &lt; b\n  c\n</code></pre>");
  }

  @Test
  void a_single_newline_breaks_the_line() {
    assertHtml("a\nb\r\nc", "<p>a<br />\nb<br />\nc</p>");
  }

  @Test
  void html_is_shown_and_not_obeyed() {
    assertHtml("<b>a</b> &amp; <!-- c -->", "<p>&lt;b&gt;a&lt;/b&gt; &amp; &lt;!-- c --&gt;</p>");
  }

  @Test
  void headings_are_paragraphs_and_a_line_of_dashes_makes_none() {
    assertHtml("# a", "<p># a</p>");
    assertHtml("a\n---\nb", "<p>a</p>\n<hr />\n<p>b</p>");
  }

  @Test
  void a_year_at_the_start_of_a_line_is_not_a_list() {
    assertHtml("1984. What a year", "<p>1984. What a year</p>");
    assertEquals("- 2) b\n\n- c", Markup.render("- 2) b\n- c").text());
    assertEquals("2. b\n\n3. c", Markup.render("2. b\n3. c").text());
  }

  @Test
  void links_say_that_they_are_somebody_elses() {
    Rendered rendered = Markup.render("see [here](https://Example.com/x) and www.example.org.");

    assertEquals(
        "<p>see <a href=\"https://example.com/x\""
            + REL
            + ">here</a> and <a href=\"http://www.example.org\""
            + REL
            + ">www.example.org</a>.</p>",
        rendered.html());
    assertEquals("see here (https://example.com/x) and www.example.org.", rendered.text());
    assertEquals(
        List.of(
            new Link("https://example.com/x", "example.com", "here"),
            new Link("http://www.example.org", "www.example.org", "www.example.org")),
        rendered.links());
  }

  @Test
  void an_image_is_a_link_to_it() {
    String link = "<a href=\"https://a.b/c.png\"" + REL + ">";

    assertHtml("![d](https://a.b/c.png)", "<p>" + link + "d</a></p>");
    assertHtml("![](https://a.b/c.png)", "<p>" + link + "https://a.b/c.png</a></p>");
    assertHtml("[![d](https://x.y/z.png)](https://a.b/c.png)", "<p>" + link + "d</a></p>");
  }

  @Test
  void a_link_that_shows_nothing_shows_where_it_leads() {
    assertEquals(
        "https://a.b/", Markup.render("[\u200b](https://a.b/)").links().get(0).text().strip());
  }

  @Test
  void an_unsafe_link_is_its_text() {
    assertHtml("[a](javascript:x) [b](//c.d) [e](https:f) <data:g>", "<p>a b e data:g</p>");
  }

  @Test
  void plain_text_keeps_the_shape() {
    Rendered rendered =
        Markup.render("> q\n> r\n\na\nb\n\n- c\n- d\n  1. e\n  2. f\n\n```\nx\n  y\n```");

    assertEquals("> q\n> r\n\na\nb\n\n- c\n- d\n1. e\n2. f\n\nx\n  y", rendered.text());
  }

  @Test
  void something_typed_is_never_nothing_to_see() {
    assertHtml("---", "<p>---</p>");
    assertHtml("[1]: https://a.b", "<p>[1]: https://a.b</p>");
    assertTrue(Markup.render(" \u200b\n").isBlank());
    assertTrue(Markup.render("").isBlank());
  }

  @Test
  void entities_cannot_bring_back_what_was_stripped() {
    assertEquals("ab", Markup.render("a&#x202e;\u202eb").text());
    assertEquals(
        "o" + "\u0335".repeat(8), Markup.renderHtml("o<b>" + "&#x335;".repeat(9) + "</b>").text());
    assertEquals(
        "o" + "\u0335".repeat(8),
        Markup.renderHtml("o" + "&#x335;".repeat(5) + "<b>" + "&#x335;".repeat(9) + "</b>").text());
  }

  @Test
  void renders_html_from_elsewhere_with_its_text_and_links() {
    Rendered rendered =
        Markup.renderHtml(
            "<div>Hi <a href='https://a.b/'>there</a><br>you<script>x</script></div>");

    assertEquals("Hi <a href=\"https://a.b/\"" + REL + ">there</a><br />you", rendered.html());
    assertEquals("Hi there (https://a.b/)\nyou", rendered.text());
    assertEquals(1, rendered.links().size());
  }

  private static void assertHtml(String source, String html) {
    assertEquals(html, Markup.render(source).html());
    SafeHtml.check(html, source);
    SafeHtml.checkStable(html, source);
  }
}
