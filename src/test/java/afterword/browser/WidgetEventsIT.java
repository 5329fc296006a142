package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the page is told, and when what is fetched. */
@Tag("browser")
class WidgetEventsIT {
  private static final String DRAWN =
      "document.querySelector('afterword-comments').shadowRoot.querySelectorAll('article.published').length";

  private static Stage stage;

  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void open() throws Exception {
    stage = Stage.open();
  }

  @AfterAll
  static void close() {
    if (stage != null) stage.close();
  }

  @BeforeEach
  void come() {
    context = stage.context();
    context.addInitScript(
        "window.told = []; for (const name of ['ready', 'count', 'posted', 'held', 'error'])"
            + " document.addEventListener('afterword:' + name, ({ detail }) => told.push([name, detail]))");
    page = context.newPage();
  }

  @AfterEach
  void leave() {
    context.close();
  }

  @Test
  void the_page_is_told_what_happens_and_no_cookie_is_ever_set() {
    String key = stage.newPage();
    stage.seed(key, 1, 0);
    Locator widget = stage.visit(page, key);
    assertThat(widget.locator("article.published")).hasCount(1);
    awaitTold("ready");
    assertEquals(List.of(Map.of("count", 1)), told("ready"));
    assertEquals(Map.of("page", key, "count", 1), told("count").get(0));

    write(widget, "Worth telling");
    assertThat(widget.locator("article.published")).hasCount(2);
    awaitTold("posted");
    // The stream and the answer may both tell the count.
    List<Object> counts = told("count");
    assertEquals(Map.of("page", key, "count", 2), counts.get(counts.size() - 1));
    write(widget, "Come to the casino");
    assertThat(widget.locator("article.pending")).hasCount(1);
    awaitTold("held");
    assertEquals(1, told("posted").size());
    assertEquals(1, told("held").size());
    page.route("**/comments", route -> route.abort());
    write(widget, "Lost");
    awaitTold("error");

    assertEquals(Map.of("status", 0, "slug", "no-answer"), told("error").get(0));
    assertEquals(List.of(), context.cookies());
  }

  @Test
  void a_method_loads_what_waits_for_it() {
    String key = stage.newPage();
    stage.seed(key, 1, 0);
    stage
        .host()
        .page(
            "/manual",
            "<!doctype html><html lang=en><title>Manual</title><script async src='"
                + stage.service()
                + "/embed/v1.js' data-site=host data-loading=manual data-page='"
                + key
                + "'></script></html>",
            null);
    page.navigate(stage.host().origin() + "/manual");
    Locator widget = page.locator("afterword-comments");
    assertThat(widget).hasCount(1);
    assertThat(widget.locator("article")).hasCount(0);

    widget.evaluate("element => element.load()");

    assertThat(widget.locator("article.published")).hasCount(1);
  }

  @Test
  void a_language_is_fetched_after_the_first_comment_is_drawn() {
    String key = stage.newPage();
    stage.seed(key, 3, 2);
    var asked = new ArrayList<Integer>();
    page.route(
        "**/languages.js",
        // Never answered: the comments must not need it.
        route -> asked.add((Integer) page.evaluate(DRAWN)));
    stage
        .host()
        .page(
            "/deutsch",
            "<!doctype html><html lang=de><title>Deutsch</title><script async src='"
                + stage.service()
                + "/embed/v1.js' data-site=host data-loading=eager data-page='"
                + key
                + "'></script></html>",
            null);

    page.navigate(stage.host().origin() + "/deutsch");

    Locator widget = page.locator("afterword-comments");
    assertThat(widget.locator("article.published")).hasCount(9);
    assertThat(widget.locator(".body").first()).isVisible();
    page.waitForCondition(() -> asked.size() == 1);
    assertTrue(asked.get(0) > 0, "asked for before there was a comment");
  }

  private void write(Locator widget, String text) {
    widget.locator("#text").fill(text);
    widget.getByRole(AriaRole.TEXTBOX, named("Name")).fill("Ada");
    widget.getByRole(AriaRole.BUTTON, named("Post").setExact(true)).click();
  }

  private void awaitTold(String name) {
    page.waitForFunction("name => told.some(([n]) => n === name)", name);
  }

  @SuppressWarnings("unchecked")
  private List<Object> told(String name) {
    return (List<Object>)
        page.evaluate("name => told.filter(([n]) => n === name).map(([, d]) => d)", name);
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
