package afterword.spam;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The templates of one language: "{a|b|}" is a choice, "&lt;slot&gt;" is filled by {@link Slots}.
 * Lines of a "[section]" belong together.
 */
final class Phrases {
  /** Sections of words, not of sentences. */
  private static final java.util.Set<String> WORDS =
      java.util.Set.of("topics", "keywords", "lexicon", "common");

  final String language;
  private final Map<String, List<String>> sectionToLines = new LinkedHashMap<>();

  private Phrases(String language) {
    this.language = language;
  }

  /**
   * @param set "training" or "held-out"
   */
  static Phrases of(String set, String language) {
    var phrases = new Phrases(language);
    List<String> section = new ArrayList<>();
    for (String line : read("/spam/" + set + "/" + language + ".txt").split("\n")) {
      if (line.isBlank() || line.startsWith("#")) continue;
      if (line.startsWith("[") && line.strip().endsWith("]")) {
        section = new ArrayList<>();
        phrases.sectionToLines.put(line.strip().substring(1, line.strip().length() - 1), section);
      } else section.add(line.stripTrailing());
    }
    return phrases;
  }

  boolean has(String section) {
    return sectionToLines.containsKey(section);
  }

  List<String> lines(String section) {
    return sectionToLines.get(section);
  }

  /**
   * Keeps every n-th line of each section of sentences, or all but those: templates that a fold
   * does not see. Words belong to no template.
   */
  Phrases fold(int fold, int of, boolean inside) {
    var part = new Phrases(language);
    sectionToLines.forEach(
        (section, lines) -> {
          var kept = new ArrayList<String>();
          for (int i = 0; i < lines.size(); i++)
            if (WORDS.contains(section) || (i % of == fold) == inside) kept.add(lines.get(i));
          // Two lines do not make three folds.
          part.sectionToLines.put(section, kept.isEmpty() ? lines : kept);
        });
    return part;
  }

  String line(String section, Random random) {
    List<String> lines = sectionToLines.get(section);
    return lines.get(random.nextInt(lines.size()));
  }

  /** A template with its choices made. */
  static String chosen(String template, Random random) {
    String text = template;
    for (int close; (close = text.indexOf('}')) >= 0; ) {
      int open = text.lastIndexOf('{', close);
      if (open < 0) throw new IllegalArgumentException("a brace too many: " + template);
      String[] choices = text.substring(open + 1, close).split("\\|", -1);
      text =
          text.substring(0, open)
              + choices[random.nextInt(choices.length)]
              + text.substring(close + 1);
    }
    return text;
  }

  private static String read(String resource) {
    try (InputStream in = Phrases.class.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalArgumentException("there is no " + resource);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
