package afterword.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever address a page says it has. */
class AddressFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void an_address_that_was_read_is_read_the_same_again(byte[] typed) {
    String text = "https://" + new String(typed, StandardCharsets.UTF_8);
    PageIdentity.keyOf(text);
    WebAddress.parse(text)
        .ifPresent(read -> assertEquals(read.origin(), WebAddress.parse(text).get().origin()));
  }
}
