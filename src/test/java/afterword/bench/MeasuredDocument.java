package afterword.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A document whose figures are written by the programs that measured them, each between its own two
 * marks: {@code <!-- name -->} and {@code <!-- end of name -->}.
 */
public record MeasuredDocument(Path file) {
  /**
   * Replaces what stands between the marks, and says where it is from.
   *
   * @param command that writes the same again
   */
  public void write(String name, String command, List<String> lines) throws IOException {
    String from = "`%s`, commit %s, %s.".formatted(command, Measured.commit(), Measured.machine());
    replace(name, from, lines);
  }

  /** The same for a table whose rows are measured one by one and each name their commit. */
  public void writeRows(String name, String command, List<String> lines) throws IOException {
    String from =
        "`%s`, each row at the commit that it names, %s.".formatted(command, Measured.machine());
    replace(name, from, lines);
  }

  /** The rows of the table between the marks, by their first cell. */
  public Map<String, String> rows(String name) throws IOException {
    var keyToRow = new LinkedHashMap<String, String>();
    Place place = place(name);
    place
        .text
        .substring(place.from, place.to)
        .lines()
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .forEach(line -> keyToRow.put(line.split("\\|")[1].strip(), line));
    return keyToRow;
  }

  private void replace(String name, String from, List<String> lines) throws IOException {
    Place place = place(name);
    String measured = "%s\n\n%s\n".formatted(from, String.join("\n", lines));
    Files.writeString(
        file, place.text.substring(0, place.from) + measured + place.text.substring(place.to));
  }

  /** Between two marks of a text. */
  private record Place(String text, int from, int to) {}

  private Place place(String name) throws IOException {
    String text = Files.readString(file);
    String begin = "<!-- " + name + " -->\n";
    int from = text.indexOf(begin);
    int to = text.indexOf("<!-- end of " + name + " -->");
    if (from < 0 || to < from)
      throw new IllegalStateException(file + " has no place for \"" + name + "\"");
    return new Place(text, from + begin.length(), to);
  }
}
