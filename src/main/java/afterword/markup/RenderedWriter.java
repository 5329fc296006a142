package afterword.markup;

import java.util.ArrayList;
import java.util.List;
import org.owasp.html.Handler;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.HtmlStreamRenderer;

/**
 * Hears what the sanitizer lets through and writes HTML, plain text and links at once: they agree.
 */
final class RenderedWriter implements HtmlStreamEventReceiver {
  private final BoundedText html;
  private final HtmlStreamRenderer renderer;
  private final TextOutline outline = new TextOutline();
  private final Cleaner cleaner = new Cleaner(false);
  private final List<Link> links = new ArrayList<>();
  private Href open;
  private StringBuilder shown = new StringBuilder();

  RenderedWriter(int maxHtml) {
    html = new BoundedText(maxHtml);
    renderer = HtmlStreamRenderer.create(html, Handler.PROPAGATE, Handler.DO_NOTHING);
  }

  @Override
  public void openDocument() {
    renderer.openDocument();
  }

  @Override
  public void closeDocument() {
    renderer.closeDocument();
  }

  @Override
  public void openTag(String element, List<String> attributes) {
    renderer.openTag(element, attributes);
    if (element.equals("a")) {
      open = Href.of(attributes.get(attributes.indexOf("href") + 1)).orElse(null);
      shown = new StringBuilder();
    } else if (outline.open(element)) {
      cleaner.startLine();
      shown.append('\n');
    }
  }

  @Override
  public void closeTag(String element) {
    if (element.equals("a") && open != null) closeLink();
    renderer.closeTag(element);
    if (outline.close(element)) cleaner.startLine();
  }

  @Override
  public void text(String text) {
    String clean = cleaner.clean(text);
    renderer.text(clean);
    outline.text(clean);
    shown.append(clean);
  }

  /** A whole document that is one paragraph of this text. */
  void paragraph(String text) {
    openDocument();
    openTag("p", List.of());
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) openTag("br", List.of());
      text(lines[i]);
    }
    closeTag("p");
    closeDocument();
  }

  Rendered rendered() {
    return new Rendered(
        withoutComments(html.toString()), PlainText.body(outline.toString()), links);
  }

  /**
   * The renderer puts a comment into "{{", and after a brace that ends a piece of text, because of
   * template languages. An entity keeps "{{" out of the HTML as well, and does not depend on the
   * pieces.
   */
  private static String withoutComments(String html) {
    return html.indexOf('{') < 0
        ? html
        : html.replace("{<!-- -->", "{").replaceAll("\\{(?=\\{)", "&#123;");
  }

  /** A link that shows nothing shows where it leads: nobody is to click on what nobody sees. */
  private void closeLink() {
    if (PlainText.isBlank(shown.toString())) text(open.value());
    String text = PlainText.title(shown.toString());
    links.add(new Link(open.value(), open.host(), text));
    if (!open.isShownBy(text)) outline.text(" (" + open.value() + ")");
    open = null;
  }
}
