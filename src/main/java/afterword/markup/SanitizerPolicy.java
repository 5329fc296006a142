package afterword.markup;

import org.owasp.html.AttributePolicy;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.HtmlSanitizer;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.PolicyFactory;

/**
 * The one list of what HTML may hold. Text stays when its element goes. Never add style, script,
 * noscript, noframes, iframe, xmp, comment, select, svg, math, id, class or target: each has a
 * known way round.
 */
final class SanitizerPolicy {
  private static final PolicyFactory POLICY =
      judging((element, attribute, value) -> Href.of(value).map(Href::value).orElse(null));

  private SanitizerPolicy() {}

  /**
   * Two locks on one door: whatever the judge of addresses lets pass, its scheme is on the list.
   */
  static PolicyFactory judging(AttributePolicy addresses) {
    return new HtmlPolicyBuilder()
        .allowElements("p", "b", "i", "em", "strong", "a", "code", "pre", "blockquote")
        .allowElements("ul", "ol", "li", "br", "del", "hr")
        .allowUrlProtocols("http", "https", "mailto")
        .allowAttributes("href")
        .matching(addresses)
        .onElements("a")
        .requireRelsOnLinks("nofollow", "ugc", "noopener", "noreferrer")
        .toFactory();
  }

  /** Tells the receiver what is left of the HTML, tags balanced. */
  static void sanitize(String html, HtmlStreamEventReceiver receiver) {
    HtmlSanitizer.sanitize(html, POLICY.apply(receiver));
  }
}
