package afterword.markup;

import com.optimaize.langdetect.profiles.LanguageProfile;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the table that {@link NgramTable} reads out of the profiles of the library
 * language-detector (Apache-2.0), which were counted in Wikipedia's articles.
 */
final class NgramTableWriter {
  static final Path FILE = Path.of("src/main/resources/afterword/markup", NgramTable.FILE);

  private static final List<String> LANGUAGES =
      List.of(
          "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu",
          "id", "it", "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "vi",
          "zh-CN", "zh-TW");

  /** What stands in for an n-gram that a language does not have. */
  private static final double UNSEEN = 0.5 / 10_000;

  private NgramTableWriter() {}

  public static void main(String[] none) throws IOException {
    Files.createDirectories(FILE.getParent());
    Files.write(FILE, bytes());
  }

  static byte[] bytes() throws IOException {
    var rows = new TreeMap<Long, Map<Integer, Float>>();
    for (int i = 0; i < LANGUAGES.size(); i++) {
      LanguageProfile profile = new LanguageProfileReader().read(List.of(LANGUAGES.get(i))).get(0);
      for (int length = 1; length <= NgramTable.LONGEST; length++)
        for (Map.Entry<String, Integer> gram : profile.iterateGrams(length)) {
          double share = gram.getValue() / (double) profile.getNumGramOccurrences(length);
          rows.computeIfAbsent(key(gram.getKey()), first -> new TreeMap<>())
              .put(i, (float) Math.log1p(share / UNSEEN));
        }
    }
    return bytes(rows);
  }

  private static byte[] bytes(TreeMap<Long, Map<Integer, Float>> rows) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeUTF(String.join(" ", LANGUAGES));
    out.writeInt(rows.size());
    for (long gram : rows.keySet()) out.writeLong(gram);
    int start = 0;
    for (var row : rows.values()) {
      out.writeInt(start);
      start += row.size();
    }
    out.writeInt(start);
    for (var row : rows.values()) for (int language : row.keySet()) out.writeByte(language);
    for (var row : rows.values()) for (float weight : row.values()) out.writeFloat(weight);
    return bytes.toByteArray();
  }

  private static long key(String gram) {
    long key = 0;
    for (char letter : gram.toCharArray()) key = NgramTable.with(key, letter);
    return key;
  }
}
