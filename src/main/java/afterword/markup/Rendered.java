package afterword.markup;

import java.util.List;

/**
 * A body in the forms that are stored beside its source.
 *
 * @param html safe to put into a page as it is, at most {@link Markup#MAX_HTML} chars
 * @param text what the HTML shows, for people and rules that read plain text: "&gt; " before quoted
 *     lines, list markers, and the address behind a link where the link shows something else
 * @param links in the order in which they are shown
 */
public record Rendered(String html, String text, List<Link> links) {
  public Rendered {
    links = List.copyOf(links);
  }

  /** Whether there is nothing to see. */
  public boolean isBlank() {
    return PlainText.isBlank(text);
  }
}
