package afterword.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
    String text = Files.readString(file);
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- end of " + name + " -->";
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from)
      throw new IllegalStateException(file + " has no place for \"" + name + "\"");
    String measured =
        "`%s`, commit %s, %s.\n\n%s\n"
            .formatted(command, Measured.commit(), Measured.machine(), String.join("\n", lines));
    Files.writeString(
        file, text.substring(0, from + begin.length()) + measured + text.substring(to));
  }
}
