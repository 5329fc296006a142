package afterword.markup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of ours with places to be filled: <code>{{title}}</code>. */
public final class Template {
  private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z]+)}}");

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  /**
   * @param resource such as "/web/page/thread.html"
   */
  public static Template of(String resource) {
    try (InputStream in = Template.class.getResourceAsStream(resource)) {
      return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What is put in is HTML already: text goes through {@link Html#text} before. */
  public String fill(Map<String, String> slotToHtml) {
    return SLOT.matcher(text)
        .replaceAll(slot -> Matcher.quoteReplacement(slotToHtml.get(slot.group(1))));
  }
}
