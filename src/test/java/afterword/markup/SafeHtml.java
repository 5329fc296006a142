package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * What must hold for every HTML we store, judged by an HTML5 parser and by a grammar of our own.
 */
public final class SafeHtml {
  private static final Set<String> ELEMENTS =
      Set.of(
          "p",
          "b",
          "i",
          "em",
          "strong",
          "a",
          "code",
          "pre",
          "blockquote",
          "ul",
          "ol",
          "li",
          "br",
          "del",
          "hr");

  private static final String LINK =
      "a href=\"(https?://|mailto:)[!-~&&[^\"'<>`{}]]*\" rel=\"nofollow ugc noopener noreferrer\"";

  /** Strict on purpose: with nothing but these pieces, no parser has anything to disagree about. */
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "([^<>\"'&]|&(amp|lt|gt|#[0-9]+|#x[0-9a-f]+);|</?[a-z]+>|<(br|hr) />|<" + LINK + ">)*+");

  private SafeHtml() {}

  public static void check(String html, String source) {
    String what = " from " + source + " came " + html;
    assertTrue(GRAMMAR.matcher(html).matches(), "unexpected piece:" + what);
    assertTrue(html.length() <= Markup.MAX_HTML, "too long:" + what);
    var body = Jsoup.parse(html).body();
    assertEquals(0, Jsoup.parse(html).head().childNodeSize(), "head:" + what);
    body.forEachNode(
        node -> {
          assertTrue(node instanceof Element || node instanceof TextNode, node.getClass() + what);
          assertTrue(
              !(node instanceof Comment) && !(node instanceof DataNode), "comment or data:" + what);
        });
    for (Element element : body.getAllElements()) {
      if (element != body) checkElement(element, what);
    }
  }

  public static void checkStable(String html, String source) {
    assertEquals(
        html, Markup.sanitizeHtml(html), "sanitising again changes what came from " + source);
  }

  /**
   * Holds for rendered Markdown; of HTML from elsewhere a browser may cut a link in two, one half
   * empty.
   */
  public static void checkLinksCanBeSeen(String html, String source) {
    for (Element link : Jsoup.parse(html).select("a")) {
      assertTrue(
          !PlainText.isBlank(link.text()),
          "a link that shows nothing, from " + source + " came " + html);
    }
  }

  private static void checkElement(Element element, String what) {
    assertTrue(ELEMENTS.contains(element.tagName()), element.tagName() + what);
    if (!element.tagName().equals("a")) {
      assertEquals(0, element.attributesSize(), "attributes:" + what);
      return;
    }
    assertEquals(2, element.attributesSize(), "attributes:" + what);
    assertEquals("nofollow ugc noopener noreferrer", element.attr("rel"), what);
    assertTrue(element.attr("href").matches("(https?|mailto):[!-~]+"), "href:" + what);
    assertTrue(
        element.parents().stream().noneMatch(up -> up.tagName().equals("a")),
        "link in link:" + what);
  }
}
