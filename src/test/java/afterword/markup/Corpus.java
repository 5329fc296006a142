package afterword.markup;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The hostile input under {@code src/test/resources/corpora}. */
public final class Corpus {
  /** One entry of a corpus whose entries are objects. */
  public record Entry(String kind, String name, String text, String expect) {}

  private Corpus() {}

  public static List<String> markdownXss() {
    return read("markdown-xss").stream().map(String.class::cast).toList();
  }

  /** Text as UTF-16 code units, so that lone surrogates survive the file. */
  public static List<Entry> unicodeNaughty() {
    return read("unicode-naughty").stream()
        .map(JsonObject.class::cast)
        .map(
            e ->
                new Entry(
                    e.getString("class"),
                    e.getString("name"),
                    e.getJsonArray("utf16").stream()
                        .map(unit -> String.valueOf((char) Integer.parseInt((String) unit, 16)))
                        .collect(Collectors.joining()),
                    e.getString("expect")))
        .toList();
  }

  /** The text is the unit that is to be repeated. */
  public static List<Entry> markdownPathological() {
    return read("markdown-pathological").stream()
        .map(JsonObject.class::cast)
        .map(
            e ->
                new Entry(
                    e.getString("how"),
                    e.getString("name"),
                    e.getString("unit"),
                    e.getString("expect")))
        .toList();
  }

  private static JsonArray read(String name) {
    try (var in = Corpus.class.getResourceAsStream("/corpora/" + name + ".json")) {
      return new JsonArray(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
