package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Random compositions of dangerous pieces: none leaves the list, all are stable. */
class MarkupPropertyTest {
  private static final int PAYLOADS = 8_000;
  private static final long SEED = 20_260_501;

  private static final String[] PIECES = {
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "<",
    ">",
    "\"",
    "'",
    "`",
    "``",
    "```\n",
    "~~~",
    "~~",
    "*",
    "**",
    "_",
    "__",
    "\\",
    "\n",
    "\n\n",
    "\n    ",
    "\t",
    "> ",
    "- ",
    "1. ",
    "7) ",
    "# ",
    "---\n",
    "[r]",
    "\n\n[r]: ",
    "{{",
    "}}",
    "{",
    "${",
    "<%",
    "&",
    ";",
    "&lt;",
    "&gt;",
    "&amp;",
    "&quot;",
    "&#0;",
    "&#1;",
    "&#x202e;",
    "&#x2066;",
    "&#10;",
    "&#xd800;",
    "&#x110000;",
    "&nbsp;",
    "&NewLine;",
    "&Tab;",
    "&colon;",
    "javascript:alert(1)",
    "JaVaScRiPt:",
    "data:text/html,",
    "vbscript:x",
    "//evil.example/",
    "\\\\evil\\x",
    "https:evil",
    "https://",
    "http://example.com/",
    "https://a:b@c.d/",
    "https://\u0435x.com/",
    "www.x.org",
    "mailto:a@b.c",
    "<a@b.c>",
    "<https://x.y/\">",
    "https://x.y/{{a}}",
    "https://x.y/?a=1&copy=2",
    "%0d%0a",
    "%3cscript%3e",
    "<script>",
    "</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<a href=\"https://x.y\" onclick=x>",
    "<a href='javascript:x'>",
    "<a href=//x>",
    "<a>",
    "</a>",
    "<a href=\"mailto:x@y.z?bcc=q@r.s\" rel=opener target=_top>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i",
    "<em>",
    "</em>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<blockquote>",
    "</blockquote>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<ol start=9>",
    "</ol>",
    "<br>",
    "<hr/>",
    "<del>",
    "</del>",
    "<math>",
    "<mtext>",
    "<table>",
    "<td>",
    "<mglyph>",
    "<noscript>",
    "<title>",
    "<textarea>",
    "</textarea>",
    "<xmp>",
    "<plaintext>",
    "<template>",
    "<select>",
    "<option>",
    "<form>",
    "<input>",
    "<iframe>",
    "<base href=//x>",
    "<meta http-equiv=refresh>",
    "<p style=x class=y id=z>",
    "<P/ONCLICK=x>",
    "</ p>",
    "<?php",
    "<!DOCTYPE x>",
    "\u0000",
    "\u0001",
    "\u000b",
    "\u001b[31m",
    "\u007f",
    "\u0085",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "\u200d",
    "\u200e",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u2069",
    "\u2800",
    "\u3164",
    "\ufeff",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udc00",
    "\ud83d\ude00",
    "\udb40\udc41",
    "e\u0301",
    "\u0301",
    "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    "\u0344\u0958",
    "\u0130",
    "ß",
    "a",
    "b ",
    " ",
    "  \n",
    "x",
    "1984. ",
    "&#x301;"
  };

  @Test
  void no_composition_of_dangerous_pieces_leaves_the_list() {
    var random = new Random(SEED);

    for (int i = 0; i < PAYLOADS; i++) {
      String payload = payload(random);
      check(Markup.render(payload), payload);
      SafeHtml.checkLinksCanBeSeen(Markup.render(payload).html(), payload);
      assertEquals(Markup.render(payload), Markup.render(payload), "not deterministic: " + payload);
      check(Markup.renderHtml(payload), payload);
      checkText(payload);
    }

    System.out.println(
        PAYLOADS + " random payloads (seed " + SEED + ") as Markdown, as HTML and as plain text");
  }

  private static String payload(Random random) {
    var payload = new StringBuilder();
    for (int n = 1 + random.nextInt(24); n > 0; n--)
      payload.append(PIECES[random.nextInt(PIECES.length)]);
    return payload.toString();
  }

  private static void check(Rendered rendered, String payload) {
    SafeHtml.check(rendered.html(), payload);
    SafeHtml.checkStable(rendered.html(), payload);
    assertEquals(PlainText.body(rendered.text()), rendered.text(), "text is not clean: " + payload);
  }

  private static void checkText(String payload) {
    stable(PlainText::body, payload);
    stable(PlainText::name, payload);
    stable(PlainText::title, payload);
    assertEquals(
        PlainText.fingerprintText(payload),
        PlainText.fingerprintText(PlainText.body(payload)),
        payload);
    PlainText.nameSkeleton(payload);
    Href.of(payload)
        .ifPresent(href -> assertEquals(href, Href.of(href.value()).orElseThrow(), payload));
  }

  private static void stable(UnaryOperator<String> cleaning, String payload) {
    String once = cleaning.apply(payload);
    assertEquals(once, cleaning.apply(once), "cleaning again changes " + payload);
  }
}
