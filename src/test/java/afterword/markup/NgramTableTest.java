package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NgramTableTest {
  @Test
  void is_what_its_writer_makes_of_the_profiles() throws Exception {
    assertArrayEquals(
        NgramTableWriter.bytes(),
        Files.readAllBytes(NgramTableWriter.FILE),
        "write it anew: NgramTableWriter");
  }

  @Test
  void an_ngram_speaks_for_the_languages_that_have_it_alone() {
    NgramTable table = NgramTable.read();
    List<String> languages = Arrays.asList(table.languages());
    var scores = new double[languages.size()];

    long gram = 0;
    for (char letter : "the".toCharArray()) gram = NgramTable.with(gram, letter);

    assertTrue(table.add(gram, scores));
    assertTrue(scores[languages.indexOf("en")] > scores[languages.indexOf("fr")]);
    assertEquals(0, scores[languages.indexOf("ru")]);
    assertFalse(table.add(NgramTable.with(gram, '\u2603'), scores));
  }
}
