package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HrefTest {
  @ParameterizedTest
  @CsvSource({
    "https://example.com, https://example.com, example.com",
    "HTTPS://Example.COM:8443/A?b=c#d, https://example.com:8443/A?b=c#d, example.com",
    "http://example.com/a b, http://example.com/a%20b, example.com",
    "https://example.com/a%20b%2Fc, https://example.com/a%20b%2Fc, example.com",
    "https://en.example/wiki/A_(b), https://en.example/wiki/A_%28b%29, en.example",
    "https://example.com/\u00fc\u4e2d, https://example.com/%C3%BC%E4%B8%AD, example.com",
    "https://example.com/@ada, https://example.com/@ada, example.com",
    "https://b\u00fccher.example/, https://xn--bcher-kva.example/, xn--bcher-kva.example",
    "https://stra\u00dfe.example/, https://xn--strae-oqa.example/, xn--strae-oqa.example",
    "https://\u4f8b\u3048\u3002jp/, https://xn--r8jz45g.jp/, xn--r8jz45g.jp",
    "http://[::1]:80/, http://[::1]:80/, [::1]",
    "https://example.com/{{x}}, https://example.com/%7B%7Bx%7D%7D, example.com",
    "https://example.com/a\\b, https://example.com/a%5Cb, example.com",
    "mailto:ada@example.com?subject=x&bcc=y@z, mailto:ada@example.com, example.com"
  })
  void writes_an_address_in_one_way(String typed, String value, String host) {
    assertEquals(new Href(value, host), Href.of(typed).orElseThrow());
    assertEquals(new Href(value, host), Href.of(value).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "/a",
        "#a",
        "//evil.example/x",
        "\\\\evil.example\\x",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil",
        "https:\\\\evil.example",
        "https://",
        "https://user@evil.example/",
        "https://good.example:pw@evil.example/",
        "https://good.example\\@evil.example/",
        "https://ev%69l.example/",
        "https://a..b/",
        "https://a b/",
        "https://a\u202eb/x",
        "https://a:b/",
        "https://a:123456/",
        "https://a/\u0000",
        "https://a/\nb",
        "https://a/\tb",
        "java\tscript:alert(1)",
        "javascript:alert(1)",
        "javascript://a.b/%0aalert(1)",
        "data:text/html,x",
        "ftp://a.b",
        "file:///etc/passwd",
        "blob:https://a.b/c",
        "mailto:",
        "mailto:a",
        "mailto:a@b@c",
        "mailto:a b@c.d",
        "mailto:a@b.c\nBcc: x@y.z",
        "x-https://a.b"
      })
  void refuses_what_a_browser_may_read_differently(String typed) {
    assertTrue(Href.of(typed).isEmpty(), () -> "accepted " + Href.of(typed));
  }

  @Test
  void a_mailbox_is_not_a_web_address() {
    assertTrue(Href.web("mailto:ada@example.com").isEmpty());
  }

  @Test
  void refuses_what_is_longer_than_an_address_may_be() {
    String fits = "https://a.b/" + "x".repeat(1_988);

    assertEquals(fits, Href.of(fits).orElseThrow().value());
    assertTrue(Href.of(fits + "x").isEmpty());
    assertTrue(
        Href.of("https://a.b/" + "\u4e2d".repeat(300)).isEmpty(), "9 chars each once escaped");
  }
}
