package afterword.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  @ParameterizedTest
  @CsvSource({
    "https://blog.example, https://blog.example",
    "HTTPS://Blog.Example/2026/a.html?x#y, https://blog.example",
    "https://blog.example:443, https://blog.example",
    "http://blog.example:80/, http://blog.example",
    "http://127.0.0.1:20001, http://127.0.0.1:20001",
    "http://localhost:8080/, http://localhost:8080",
    "http://[::1]:8080, http://[::1]:8080",
    "https://my_blog.example, https://my_blog.example",
    "https://bücher.example/x, https://xn--bcher-kva.example",
  })
  void finds_the_origin_as_a_browser_would_send_it(String address, String origin) {
    assertEquals(Optional.of(origin), Origins.of(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "blog.example",
        "//blog.example",
        "ftp://blog.example",
        "https://",
        "https:///a",
        "https://a b.example",
        "https://user@blog.example",
        "https://blog.example:0",
        "https://blog.example:99999",
        "https://-.example",
        "javascript:alert(1)",
        "null",
        "*"
      })
  void finds_none_where_there_is_none(String address) {
    assertEquals(Optional.empty(), Origins.of(address));
  }

  @Test
  void an_origin_is_nothing_more_than_that() {
    assertTrue(Origins.isOrigin("https://blog.example"));
    assertFalse(Origins.isOrigin("https://blog.example/"));
    assertFalse(Origins.isOrigin("https://BLOG.example"));
  }
}
