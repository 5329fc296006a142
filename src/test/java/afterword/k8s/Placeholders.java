package afterword.k8s;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the overlays here say for want of something better, and an operator's own must not. */
final class Placeholders {
  private static final Pattern EXAMPLE = Pattern.compile("[a-z.]*\\b[a-z]+\\.example\\b");
  private static final String NO_DIGEST = "@sha256:" + "0".repeat(64);

  private Placeholders() {}

  /** One line for each that is left. */
  static List<String> in(Rendering rendering) {
    var left = new LinkedHashSet<String>();
    for (Manifest manifest : rendering.manifests())
      texts(manifest.content())
          .forEach(
              text -> {
                if (text.endsWith(NO_DIGEST))
                  left.add(manifest + " has an image whose digest was not filled in: " + text);
                EXAMPLE
                    .matcher(text)
                    .results()
                    .forEach(found -> left.add(manifest + " names an example: " + found.group()));
              });
    return new ArrayList<>(left);
  }

  private static Stream<String> texts(Object value) {
    if (value instanceof String text) return Stream.of(text);
    if (value instanceof List<?> list) return list.stream().flatMap(Placeholders::texts);
    if (value instanceof Map<?, ?> map) return map.values().stream().flatMap(Placeholders::texts);
    return Stream.empty();
  }
}
