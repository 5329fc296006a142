package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SanitizerPolicyTest {
  private static final String REL = " rel=\"nofollow ugc noopener noreferrer\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>a</p>",
        "<b>a</b>",
        "<i>a</i>",
        "<em>a</em>",
        "<strong>a</strong>",
        "<code>a</code>",
        "<pre><code>a\n b</code></pre>",
        "<blockquote><p>a</p></blockquote>",
        "<ul><li>a</li></ul>",
        "<ol><li>a</li></ol>",
        "a<br />b",
        "<del>a</del>",
        "a<hr />b"
      })
  void lets_through(String html) {
    assertEquals(html, Markup.sanitizeHtml(html));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "style",
        "script",
        "noscript",
        "noframes",
        "iframe",
        "xmp",
        "comment",
        "select",
        "svg",
        "math",
        "object",
        "embed",
        "form",
        "input",
        "button",
        "textarea",
        "title",
        "template",
        "base",
        "meta",
        "link",
        "img",
        "video",
        "audio",
        "details",
        "dialog",
        "table",
        "h1",
        "div",
        "span",
        "font",
        "center",
        "marquee",
        "custom-element",
        "slot",
        "portal",
        "frameset",
        "body",
        "html"
      })
  void removes_the_element(String element) {
    String html =
        Markup.sanitizeHtml("<p>a</p><" + element + " onload=x src=y></" + element + "><p>b</p>");

    assertEquals("<p>a</p><p>b</p>", html);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id=x",
        "class=x",
        "style='color:red'",
        "onclick=x",
        "title=https://a.b/",
        "src=https://a.b/",
        "target=_top",
        "name=x",
        "dir=rtl",
        "lang=x",
        "is=x",
        "slot=x",
        "part=x",
        "tabindex=1",
        "contenteditable",
        "data-x=y",
        "aria-label=x",
        "xmlns=x",
        "formaction=x",
        "ping=//x",
        "download",
        "rel=opener"
      })
  void removes_the_attribute_from_every_element(String attribute) {
    assertEquals("<p>a</p>", Markup.sanitizeHtml("<p " + attribute + ">a</p>"));
    assertEquals(
        "<a href=\"https://a.b/\"" + REL + ">a</a>",
        Markup.sanitizeHtml("<a " + attribute + " href=https://a.b/>a</a>"));
  }

  /** Addresses are judged before by {@link Href}; here nobody judges them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:x",
        "JaVaScRiPt:x",
        "java&#10;script:x",
        "vbscript:x",
        "data:text/html,x",
        "blob:https://a.b/x",
        "file:///x",
        "filesystem:https://a.b/x",
        "ftp://a.b/",
        "ws://a.b/",
        "tel:1",
        "sms:1",
        "intent://x",
        "view-source:https://a.b/",
        "about:blank",
        "x:y"
      })
  void removes_addresses_of_other_schemes_by_itself(String address) {
    assertEquals("a", unjudged("<a href=\"" + address + "\">a</a>"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a.b/", "https://a.b/", "mailto:a&#64;b.c"})
  void lets_through_addresses_of_three_schemes(String address) {
    String html = "<a href=\"" + address + "\"" + REL + ">a</a>";

    assertEquals(html, unjudged(html));
  }

  private static String unjudged(String html) {
    return SanitizerPolicy.judging((element, attribute, value) -> value).sanitize(html);
  }

  @Test
  void keeps_the_text_of_a_link_that_leads_nowhere_safe() {
    assertEquals(
        "a b c d",
        Markup.sanitizeHtml(
            "<a href=javascript:x>a</a> <a href=//evil>b</a> <a href='https://u:p@h/'>c</a> <a name=x>d</a>"));
  }

  @Test
  void stored_html_has_no_comment_and_no_double_brace() {
    assertEquals("&#123;{a}}", Markup.sanitizeHtml("{<!-- -->{a}}<!-- b -->"));
    assertEquals("${a} {b}", Markup.sanitizeHtml("${a} {b}"));
    assertEquals("&#123;&#123;{", Markup.sanitizeHtml("{{{"));
  }

  @Test
  void bidi_controls_do_not_come_back_as_entities() {
    assertEquals("abc", Markup.sanitizeHtml("a&#x202e;b&#8294;c"));
  }

  @Test
  void html_that_balances_otherwise_the_second_time_is_settled() {
    String html = Markup.sanitizeHtml("<select><li>a<option><i>b");

    SafeHtml.checkStable(html, "a list item inside a removed element");
  }
}
