package afterword.thread;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
  @ParameterizedTest
  @ValueSource(strings = {"\"ab\"", "W/\"ab\"", "\"ab-gz\"", "W/\"ab-br\"", "\"x\", \"ab\"", "*"})
  void knows_its_own_tag_in_every_encoding(String header) {
    assertTrue(Tags.match(List.of(header), "ab"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "\"abc\"", "\"ab", "\"ab-gzip\"", "W/ab"})
  void does_not_take_another_for_its_own(String header) {
    assertFalse(Tags.match(List.of(header), "ab"));
  }

  @Test
  void looks_at_every_header_line() {
    assertTrue(Tags.match(List.of("\"x\"", "\"ab\""), "ab"));
  }
}
