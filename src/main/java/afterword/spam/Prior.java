package afterword.spam;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What every site starts with. Made by {@code bin/train-spam} from texts that were written for this
 * project and from nothing else.
 */
final class Prior {
  static final Weights WEIGHTS = Weights.decoded(read("prior.weights"));
  static final float[] DENSE = WEIGHTS.dense();

  private Prior() {}

  /**
   * Examples that a site learns besides its own, so that a hundred decisions about one thing do not
   * change what is thought of everything else, in any language.
   */
  static List<Example> anchors() {
    var anchors = new ArrayList<Example>();
    String text = new String(read("anchors.tsv"), StandardCharsets.UTF_8);
    for (String line : text.split("\n")) {
      String[] part = line.split("\t", 4);
      Optional<String> url = Optional.of(part[2]).filter(given -> !given.isEmpty());
      var writing = new Writing(part[3].replace("\\n", "\n"), part[1], url);
      anchors.add(new Example(Features.of(writing), part[0].equals("spam"), ANCHOR_WEIGHT));
    }
    return anchors;
  }

  private static final double ANCHOR_WEIGHT = 0.25;

  private static byte[] read(String name) {
    try (InputStream in = Prior.class.getResourceAsStream(name)) {
      return in == null ? new byte[] {0} : in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
