package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A page that lists articles, and says of each how many comments it has. */
@Tag("browser")
class CountsIT {
  private static Stage stage;
  private static String one;
  private static String many;

  private final List<String> asked = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void open() throws Exception {
    stage = Stage.open();
    one = stage.newPage();
    many = stage.newPage();
    stage.seed(one, 1, 0);
    stage.seed(many, 3, 1);
  }

  @AfterAll
  static void close() {
    if (stage != null) stage.close();
  }

  @BeforeEach
  void visit() {
    context = stage.context();
    page = context.newPage();
    page.onRequest(
        request -> {
          if (request.url().contains("/counts?")) asked.add(request.url());
        });
  }

  @AfterEach
  void leave() {
    context.close();
  }

  private void show(String path, String lang, String body) {
    String tag = "<script async src='%s/embed/v1/count.js' data-site='host'></script>";
    String html =
        "<!doctype html><html lang='%s'><title>Articles</title><body>%s%s</body>"
            .formatted(lang, body, tag.formatted(stage.service()));
    stage.host().page(path, html, null);
    page.navigate(stage.host().origin() + path);
  }

  @Test
  void every_way_to_ask_is_answered_by_one_request() {
    show(
        "/every-way",
        "en",
        """
        <p id=key data-afterword-count="%1$s">?</p>
        <p id=number data-afterword-count="%2$s" data-format=number>?</p>
        <afterword-count id=element page="%1$s"></afterword-count>
        <a id=link href="/%2$s?utm_source=list#comments">Comments</a>
        <a id=nobody href="/2026/01/nobody.html#comments">Comments</a>
        <a id=stranger href="https://other.example/a.html#comments">Theirs</a>
        """
            .formatted(one, many));

    assertThat(page.locator("#key")).hasText("1 Comment");
    assertThat(page.locator("#number")).hasText("6");
    assertThat(page.locator("#element")).hasText("1 Comment");
    assertThat(page.locator("#link")).hasText("6 Comments");
    assertThat(page.locator("#nobody")).hasText("0 Comments");
    assertThat(page.locator("#stranger")).hasText("Theirs");
    assertEquals(1, asked.size(), asked.toString());
  }

  @Test
  void more_than_a_hundred_pages_are_asked_for_in_parts() {
    var links = new StringBuilder();
    for (int n = 0; n < 230; n++)
      links.append("<a href='/2025/01/%d.html#comments'>?</a>".formatted(n));
    show("/many", "en", links.toString());

    assertThat(page.locator("a").last()).hasText("0 Comments");
    assertEquals(3, asked.size());
    assertTrue(asked.stream().allMatch(url -> url.length() < 8_300));
  }

  @Test
  void long_addresses_are_asked_for_in_parts_too() {
    var links = new StringBuilder();
    for (int n = 0; n < 60; n++)
      links.append("<a href='/2025/01/%s-%d.html#comments'>?</a>".formatted("x".repeat(250), n));
    show("/long", "en", links.toString());

    assertThat(page.locator("a").last()).hasText("0 Comments");
    assertTrue(asked.size() >= 2, asked.toString());
    assertTrue(asked.stream().allMatch(url -> url.length() < 8_300));
  }

  @Test
  void numbers_and_plural_forms_are_those_of_the_page() {
    show(
        "/pl",
        "pl",
        "<p id=many data-afterword-count='%s'>?</p><p id=one data-afterword-count='%s'>?</p>"
            .formatted(many, one));

    assertThat(page.locator("#many")).hasText("6 komentarzy");
    assertThat(page.locator("#one")).hasText("1 komentarz");
  }

  @Test
  void what_a_single_page_site_draws_later_is_filled_too() {
    show("/later", "en", "<p data-afterword-count='%s'>?</p>".formatted(one));
    assertThat(page.locator("p")).hasText("1 Comment");

    page.evaluate(
        """
        (key) => {
          const later = document.createElement('afterword-count');
          later.setAttribute('page', key);
          document.body.append(later);
          const link = document.createElement('a');
          link.href = '/' + key + '#comments';
          document.body.append(link);
          document.dispatchEvent(new Event('afterword:rescan'));
        }
        """,
        many);

    assertThat(page.locator("afterword-count")).hasText("6 Comments");
    assertThat(page.locator("a")).hasText("6 Comments");
  }
}
