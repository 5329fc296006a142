package afterword.comment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.http.Fields;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Limits;
import afterword.model.Problem;
import afterword.model.Site;
import afterword.model.SiteSettings;
import afterword.model.Submission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionReaderTest {
  private static final Site SITE =
      new Site(1, "blog", "Blog", List.of("https://blog.example"), SiteSettings.DEFAULTS, 1);

  private final Map<String, Object> page = new HashMap<>(Map.of("key", "a.html"));
  private final Map<String, Object> author = new HashMap<>(Map.of("name", "Ada"));
  private final Map<String, Object> members =
      new HashMap<>(Map.of("page", page, "author", author, "body", "Hello"));

  @Test
  void reads_the_least_there_can_be() {
    Submission submission = read();

    assertEquals("a.html", submission.page().key());
    assertEquals("Ada", submission.name());
    assertEquals("Hello", submission.body());
    assertEquals(Optional.empty(), submission.commenterKey());
  }

  @Test
  void null_is_as_good_as_absent() {
    for (String name : List.of("parentId", "commenterKey", "trap", "elapsedMs", "proof")) {
      members.put(name, null);
    }
    author.put("email", null);
    author.put("url", "");
    page.put("url", null);

    assertEquals("Hello", read().body());
  }

  @ParameterizedTest
  @CsvSource({
    "body, '', required",
    "body, '   ', required",
    "body, '\u200b\u200b', required",
    "parentId, nonsense, unknown-parent",
    "parentId, 121, unknown-parent",
    "commenterKey, 1234, malformed",
    "commenterKey, 00112233445566778899aabbccddeefg, malformed",
    "status, published, unknown",
    "id, 11, unknown",
    "site, blog, unknown",
    "createdAt, 2020-01-01T00:00:00Z, unknown",
    "badge, staff, unknown",
    "shown, true, unknown",
  })
  void refuses_members(String name, String value, String code) {
    members.put(name, value);

    assertEquals(List.of("/" + name + " " + code), wrong());
  }

  @ParameterizedTest
  @CsvSource({
    "name, '', required",
    "name, '\u2800\u3164', required",
    "email, nobody, malformed",
    "url, javascript:alert(1), malformed",
    "url, //blog.example, malformed",
    "url, ftp://blog.example/, malformed",
    "id, 7, unknown",
    "badge, staff, unknown",
    "avatar, https://x.example/a.png, unknown",
  })
  void refuses_author_members(String name, String value, String code) {
    author.put(name, value);

    assertEquals(List.of("/author/" + name + " " + code), wrong());
  }

  @ParameterizedTest
  @CsvSource({
    "publishedAt, yesterday, malformed",
    "publishedAt, -999999999-01-01T00:00:00Z, malformed",
    "publishedAt, 12026-01-01T00:00:00Z, malformed",
    "key, 'a\nb', malformed",
    "key, 'https://', malformed",
    "closed, false, unknown",
  })
  void refuses_page_members(String name, String value, String code) {
    page.put(name, value);

    assertEquals("/page/" + name + " " + code, wrong().get(0));
  }

  @Test
  void refuses_members_of_another_type_once_each() {
    members.putAll(Map.of("body", 7L, "elapsedMs", "1", "trap", List.of()));
    author.put("name", Map.of());

    assertEquals(
        List.of(
            "/author/name wrong-type",
            "/body wrong-type",
            "/elapsedMs wrong-type",
            "/trap wrong-type"),
        wrong());
  }

  @Test
  void counts_code_points_after_cleaning() {
    author.put("name", "🙂".repeat(Limits.NAME));
    members.put("body", "line\r\n".repeat(Limits.TEXT / 5));
    assertEquals(Limits.TEXT, read().body().length());

    author.put("name", "🙂".repeat(Limits.NAME + 1));
    members.put("body", "🙂".repeat(Limits.TEXT + 1));
    assertEquals(List.of("/author/name too-long", "/body too-long"), wrong());
  }

  @Test
  void a_name_is_one_visible_line() {
    author.put("name", "  Ada\r\nSubject: x\u202e ");

    assertEquals("Ada Subject: x", read().name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"00112233445566778899aabbccddeeff", "AbCdEfGhIjKlMnOpQrSt_-"})
  void takes_a_commenter_key_in_either_form(String key) {
    members.put("commenterKey", key);

    assertEquals(Optional.of(key), read().commenterKey());
  }

  @Test
  void a_page_named_by_its_address_gets_its_key() {
    page.put("key", "https://blog.example/2026/03/talks.html?utm_source=x#comments");

    assertEquals("2026/03/talks.html", read().page().key());
    assertEquals(
        Optional.of("https://blog.example/2026/03/talks.html?utm_source=x"), read().page().url());
  }

  @Test
  void a_page_without_a_key_is_named_by_its_url() {
    page.remove("key");
    page.put("url", "https://blog.example/about");

    assertEquals("about", read().page().key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/a.html",
        "http://blog.example/a.html",
        "https://blog.example:8443/a.html",
        "https://blog.example.evil.example/",
        "https://blog.example@evil.example/",
        "javascript:alert(1)",
        "blog.example"
      })
  void refuses_a_page_that_is_not_on_the_site(String url) {
    page.put("url", url);

    assertEquals(Problem.PAGE_NOT_ON_SITE, notOnSite().problem());
  }

  @Test
  void refuses_a_key_that_is_an_address_of_another_site_even_with_a_url_of_the_site() {
    page.put("key", "https://elsewhere.example/a.html");
    page.put("url", "https://blog.example/a.html");

    assertEquals(Problem.PAGE_NOT_ON_SITE, notOnSite().problem());
  }

  @Test
  void a_day_is_good_enough_for_a_date() {
    page.put("publishedAt", "2026-03-14");

    assertEquals("2026-03-14T00:00:00Z", read().page().publishedAt().orElseThrow().toString());
  }

  private Submission read() {
    return SubmissionReader.of(new Fields(members), SITE);
  }

  private Failure.Refused notOnSite() {
    var refused = assertThrows(FailureException.class, this::read);
    return assertInstanceOf(Failure.Refused.class, refused.failure());
  }

  /** "pointer code", sorted. */
  private List<String> wrong() {
    var refused = assertThrows(FailureException.class, this::read);
    List<FieldError> errors = assertInstanceOf(Failure.Invalid.class, refused.failure()).errors();
    assertTrue(errors.stream().noneMatch(error -> error.detail().isBlank()));
    return errors.stream().map(error -> error.pointer() + " " + error.code()).sorted().toList();
  }
}
