package afterword.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A versioned address never changes its bytes, and the documents' copies of the hashes are true.
 */
class PinnedLoaderTest {
  private static final Pattern LINE =
      Pattern.compile("\\| `/embed/v1/([0-9.]+)\\.js` \\| `(sha384-[^`]+)` \\|");

  @Test
  void every_versioned_loader_is_in_the_documents_with_its_hash() throws IOException {
    var told = new TreeMap<String, String>();
    var lines = LINE.matcher(Files.readString(Path.of("docs/embed/versions.md")));
    while (lines.find()) told.put(lines.group(1), lines.group(2));
    var there = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(Path.of("src/main/web/widget/v1"), "[0-9]*.js")) {
      files.forEach(file -> there.add(file.getFileName().toString().replaceFirst("\\.js$", "")));
    }

    assertEquals(there, told.keySet());
    assertTrue(told.containsKey(PinnedLoader.VERSION));
    told.forEach((version, hash) -> assertEquals(hash, PinnedLoader.integrity(version), version));
  }

  @Test
  void the_tag_names_the_bytes() {
    assertEquals(
        "<script async src=\"https://comments.example/embed/v1/"
            + PinnedLoader.VERSION
            + ".js\" data-site=\"blog\" integrity=\""
            + PinnedLoader.integrity(PinnedLoader.VERSION)
            + "\" crossorigin=\"anonymous\"></script>",
        PinnedLoader.snippet("https://comments.example", "blog"));
  }
}
