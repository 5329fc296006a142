package afterword.markup;

/** Typed text → what is stored and shown. The same source always gives the same result. */
public final class Markup {
  /**
   * Chars of HTML at most. A legal comment (10,000 code points, each at most ten chars as an
   * entity) always fits as plain text; Markdown that would grow beyond this is shown as it was
   * typed.
   */
  public static final int MAX_HTML = 128 * 1024;

  private static final int MAX_PASSES = 4;

  /** So many code points fit whatever they are: ten chars each at most, as in "&#x10ffff;". */
  private static final int ALWAYS_FITS = (MAX_HTML - "<p></p>".length()) / 10;

  private Markup() {}

  /** Markdown as a commenter types it. */
  public static Rendered render(String source) {
    String clean = PlainText.body(source);
    if (Markdown.isOverloaded(clean)) return asTyped(clean);
    try {
      Rendered rendered = safe(Markdown.toHtml(clean, 2 * MAX_HTML), MAX_HTML);
      // A lone "---" or "[1]: https://..." renders to nothing, but something was typed.
      return rendered.isBlank() ? asTyped(clean) : rendered;
    } catch (BoundedText.Full tooLong) {
      return asTyped(clean);
    }
  }

  /**
   * HTML from elsewhere, as in an import, through the same policy; its text alone where it is too
   * long.
   */
  public static Rendered renderHtml(String html) {
    try {
      return settled(safe(html, MAX_HTML));
    } catch (BoundedText.Full tooLong) {
      return asTyped(safe(html, Integer.MAX_VALUE).text());
    }
  }

  /** Only the HTML of {@link #renderHtml}. What this class made passes unchanged. */
  public static String sanitizeHtml(String html) {
    return renderHtml(html).html();
  }

  /** Tags are balanced around elements that then go, so a second pass may balance otherwise. */
  private static Rendered settled(Rendered rendered) {
    for (int pass = 0; pass < MAX_PASSES; pass++) {
      Rendered again = safe(rendered.html(), MAX_HTML);
      if (again.html().equals(rendered.html())) return again;
      rendered = again;
    }
    return asTyped(rendered.text());
  }

  private static Rendered safe(String html, int maxHtml) {
    var writer = new RenderedWriter(maxHtml);
    SanitizerPolicy.sanitize(html, writer);
    return writer.rendered();
  }

  /** One paragraph, line by line; cut where even that is too long. */
  private static Rendered asTyped(String text) {
    try {
      return paragraph(text);
    } catch (BoundedText.Full tooLong) {
      return paragraph(text.substring(0, text.offsetByCodePoints(0, ALWAYS_FITS)));
    }
  }

  private static Rendered paragraph(String text) {
    var writer = new RenderedWriter(MAX_HTML);
    writer.paragraph(text);
    return writer.rendered();
  }
}
