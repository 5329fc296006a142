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

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "gzip, deflate, br", "br;q=1.0, GZIP;q=0.5", "*"})
  void sends_gzip_to_who_takes_it(String accepted) {
    assertTrue(ReadAnswer.takesGzip(accepted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "gzip;q=0", "br, gzip; q=0.0"})
  void sends_plain_bytes_to_who_does_not(String accepted) {
    assertFalse(ReadAnswer.takesGzip(accepted));
  }
}
