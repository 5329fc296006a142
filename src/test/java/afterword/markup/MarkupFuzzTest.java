package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.model.Limits;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever is typed, what is stored is on the list and stays as it is. */
class MarkupFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void markdown_becomes_safe_html(byte[] typed) {
    String source = text(typed);
    Rendered rendered = Markup.render(source);
    SafeHtml.check(rendered.html(), source);
    assertEquals(rendered.html(), Markup.sanitizeHtml(rendered.html()));
  }

  @FuzzTest(maxDuration = "1m")
  void foreign_html_becomes_safe_html(byte[] typed) {
    String source = text(typed);
    SafeHtml.check(Markup.renderHtml(source).html(), source);
  }

  @FuzzTest(maxDuration = "1m")
  void an_address_is_one_of_the_web_or_none(byte[] typed) {
    Href.of(text(typed))
        .ifPresent(href -> assertEquals(href.value(), Href.of(href.value()).orElseThrow().value()));
  }

  /** As it gets past the reader of JSON: no NUL, no half of a pair, no longer than is allowed. */
  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
    int most = Math.min(text.length(), Limits.TEXT);
    if (most > 0 && most < text.length() && Character.isHighSurrogate(text.charAt(most - 1)))
      most--;
    return text.substring(0, most);
  }
}
