package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.journeys.RunningService;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The thread as a page, used by somebody whose browser runs no script. */
@Tag("browser")
class PlainPageBrowserIT {
  private static final SiteSettings SETTINGS =
      new SiteSettings(Mode.OPEN, 1, 0, List.of(), true, Limits.TEXT, 6, 900, 1_000, 1, 10_000);
  private static RunningService running;
  private static Chromium chromium;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() {
    running = new RunningService(SETTINGS);
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    running.close();
  }

  @BeforeEach
  void open() {
    context =
        chromium.browser().newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    page = context.newPage();
  }

  @AfterEach
  void shut() {
    context.close();
  }

  @Test
  void writes_a_comment_and_a_reply_and_lands_on_them() {
    page.navigate(thread("written"));
    write("Ada", "First without script");
    assertThat(page.locator("li:target .body")).hasText("First without script");

    page.getByText("Reply to Ada").click();
    assertThat(page.locator("#write h2")).hasText("Reply to Ada");
    write("Bob", "Second without script");

    assertThat(page.locator(".replies li:target .body")).hasText("Second without script");
    assertThat(page.locator("h1")).containsText("2 Comments");
  }

  @Test
  void keeps_the_text_when_something_is_wrong_and_takes_it_then() {
    page.navigate(thread("wrong"));
    page.getByLabel("E-mail").fill("nobody@nowhere");
    write("Ada", "Long and carefully written");
    assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
    assertThat(page.getByLabel("Comment", new Page.GetByLabelOptions().setExact(true)))
        .hasValue("Long and carefully written");

    page.getByLabel("E-mail").fill("");
    page.locator("form button").click();

    assertThat(page.locator("li:target .body")).hasText("Long and carefully written");
  }

  @Test
  void shows_a_held_comment_and_does_not_publish_it() {
    page.navigate(thread("held"));
    write("Ada", "Look at https://x.example");
    assertThat(page.locator(".notice")).containsText("waits for a moderator");
    assertThat(page.locator(".body")).containsText("https://x.example");

    page.getByText("Back to the comments").click();

    assertThat(page.locator(".empty")).isVisible();
  }

  @Test
  void pages_and_sorts() {
    for (int i = 1; i <= 5; i++) running.send(comment("paged", "Number " + i));
    page.navigate(thread("paged") + "&limit=2");
    assertThat(page.locator(".body").first()).hasText("Number 5");

    page.getByText("Oldest first").click();
    assertThat(page.locator(".body").first()).hasText("Number 1");

    page.navigate(thread("paged") + "&limit=2");
    page.getByText("More comments").click();
    assertThat(page.locator(".body").first()).hasText("Number 3");
  }

  @Test
  void shows_all_replies_of_one_comment() {
    var root = running.send(comment("many", "The root")).bodyAsJsonObject();
    String id = root.getJsonObject("comment").getString("id");
    for (int i = 1; i <= 5; i++) {
      running.send(comment("many", "Reply number " + i).put("parentId", id));
    }

    page.navigate(thread("many"));
    assertThat(page.locator(".replies .body")).hasCount(3);
    page.getByText("More of the 5 replies").click();

    assertThat(page.locator(".replies .body")).hasCount(2);
    assertThat(page.locator(".replies .body").last()).hasText("Reply number 5");
  }

  @Test
  void is_open_to_everybody_by_light_and_by_dark_on_a_narrow_screen() {
    running.send(comment("axe", "Something with a [link](https://example.org) and `code`"));
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      var options =
          new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(360, 800);
      try (BrowserContext scripted = chromium.browser().newContext(options.setBypassCSP(true))) {
        Page narrow = scripted.newPage();
        narrow.navigate(thread("axe"));

        assertEquals(List.of(), Axe.violations(narrow), scheme.name());
        Object overflow =
            narrow.evaluate("() => document.documentElement.scrollWidth - innerWidth");
        assertTrue(((Number) overflow).intValue() <= 0, "scrolls sideways by " + overflow);
      }
    }
  }

  private void write(String name, String text) {
    page.getByLabel("Comment", new Page.GetByLabelOptions().setExact(true)).fill(text);
    page.getByLabel("Name").fill(name);
    page.locator("form button").click();
  }

  private static JsonObject comment(String key, String text) {
    var comment = RunningService.comment(text);
    comment.getJsonObject("page").put("key", key).remove("url");
    return comment;
  }

  private static String thread(String key) {
    return running.service().config().publicBaseUrl() + "/t?site=blog&page=" + key;
  }
}
