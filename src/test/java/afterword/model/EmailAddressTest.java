package afterword.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  /**
   * What can stand in a header as it is: nothing that ends a line, lists, quotes, groups or
   * encodes.
   */
  private static final Pattern HARMLESS =
      Pattern.compile("[A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9.-]{1,190}");

  static Stream<String> corpus() throws IOException {
    Path file = Path.of("src/test/resources/corpora/email-header-injection.json");
    return new JsonArray(Files.readString(file)).stream().map(String.class::cast);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void hostile_addresses_are_refused_or_harmless(String text) {
    if (EmailAddress.isOne(text)) assertTrue(HARMLESS.matcher(text).matches(), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@blog.example",
        "a+tag@b.example",
        "o'brien@b.example",
        "first.last@sub.domain.example",
        "a@xn--80ak6aa92e.com"
      })
  void takes_what_people_have(String text) {
    assertTrue(EmailAddress.isOne(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "ada@localhost",
        "@b.example",
        "ada@",
        ".a@b.example",
        "a.@b.example",
        "a..b@b.example",
        "a@-b.example",
        "a@b-.example",
        "a@b..example",
        "a b@c.example",
        "=?utf-8?q?a?=@b.example",
        "a@b.c,d@e.f",
        "ａ@b.example",
        "a@b.example\n",
        "\"a\"@b.example"
      })
  void refuses_what_is_none(String text) {
    assertFalse(EmailAddress.isOne(text));
  }
}
