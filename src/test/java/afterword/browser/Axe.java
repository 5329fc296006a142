package afterword.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What axe finds wrong with a page as it stands. */
final class Axe {
  private Axe() {}

  /** One line per rule that is broken: its name, how often, and the first place. */
  @SuppressWarnings("unchecked")
  static List<String> violations(Page page) {
    page.evaluate(script());
    return (List<String>)
        page.evaluate(
            "() => axe.run().then(r => r.violations.map(v => `${v.id} (${v.nodes.length}): ${v.nodes[0].html}`))");
  }

  /** The same, of one element alone. */
  @SuppressWarnings("unchecked")
  static List<String> violations(Page page, String selector) {
    page.evaluate(script());
    return (List<String>)
        page.evaluate(
            "s => axe.run({ include: [s] }).then(r => r.violations.map(v => `${v.id} (${v.nodes.length}): ${v.nodes[0].html}`))",
            selector);
  }

  private static String script() {
    try (var in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
