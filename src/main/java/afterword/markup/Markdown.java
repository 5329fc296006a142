package afterword.markup;

import java.util.List;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.autolink.AutolinkType;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The Markdown that comments are written in: CommonMark without headings and without HTML, a single
 * newline breaks the line. What comes out still has to pass {@link SanitizerPolicy}.
 */
final class Markdown {
  /** Quotes and lists inside one another; two parsers per list level. */
  private static final int MAX_OPEN_BLOCKS = 20;

  /** Emphasis and links inside one another; also keeps the recursion of the renderer shallow. */
  private static final int MAX_INLINE_NESTING = 20;

  /**
   * Emphasis and brackets that may or may not belong together: the parser's search for pairs grows
   * with their square and worse on some patterns. Not even dense program text of full length has so
   * many.
   */
  private static final int MAX_MARKS = 2_000;

  private static final Set<Class<? extends Block>> BLOCKS =
      Set.of(
          BlockQuote.class,
          FencedCodeBlock.class,
          IndentedCodeBlock.class,
          ListBlock.class,
          ThematicBreak.class);

  private static final List<Extension> EXTENSIONS =
      List.of(
          AutolinkExtension.builder().linkTypes(AutolinkType.URL, AutolinkType.WWW).build(),
          StrikethroughExtension.create());

  private static final Parser PARSER =
      Parser.builder()
          .enabledBlockTypes(BLOCKS)
          .extensions(EXTENSIONS)
          .maxOpenBlockParsers(MAX_OPEN_BLOCKS)
          .maxInlineNesting(MAX_INLINE_NESTING)
          .postProcessor(new PlainerBlocks())
          .build();

  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().escapeHtml(true).softbreak("<br />\n").extensions(EXTENSIONS).build();

  private Markdown() {}

  /** Whether it has so many marks that it is no text but an attack on the parser. */
  static boolean isOverloaded(String source) {
    int marks = 0;
    char before = 0;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '[' || c == ']' || ((c == '*' || c == '_' || c == '~') && c != before)) marks++;
      before = c;
    }
    return marks > MAX_MARKS;
  }

  /** Ends early with {@link BoundedText.Full} when the HTML would be longer than that. */
  static String toHtml(String source, int maxHtml) {
    var html = new BoundedText(maxHtml);
    RENDERER.render(PARSER.parse(source), html);
    return html.toString().stripTrailing();
  }
}
