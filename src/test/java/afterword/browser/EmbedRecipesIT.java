package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import afterword.site.PinnedLoader;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The recipes of docs/embed, put into pages and looked at. */
@Tag("browser")
class EmbedRecipesIT {
  private static final Path DOCS = Path.of("docs/embed");
  private static final Path WIDGET = Path.of("src/main/web/widget/v1");
  private static final Pattern BLOCK = Pattern.compile("```html\\n(.*?)```", Pattern.DOTALL);
  private static final List<String> FILES =
      List.of("html", "blogger", "wordpress", "ghost", "generators", "frameworks");

  private static Stage stage;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void open() throws Exception {
    stage = Stage.open();
    for (String name : List.of("element", "address", "modules", "page-identity"))
      stage
          .host()
          .file(
              "/package/src/" + name + ".js",
              "text/javascript",
              Files.readString(WIDGET.resolve(name + ".js")));
    stage
        .host()
        .file(
            "/package/index.js",
            "text/javascript",
            Files.readString(Path.of("packages/widget/index.js")));
  }

  @AfterAll
  static void close() {
    if (stage != null) stage.close();
  }

  @BeforeEach
  void come() {
    context = stage.context();
    page = context.newPage();
    page.onPageError(complaints::add);
  }

  @AfterEach
  void leave() {
    context.close();
  }

  @TestFactory
  List<DynamicTest> every_recipe_shows_comments_and_takes_one() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (String file : FILES) {
      var blocks = BLOCK.matcher(Files.readString(DOCS.resolve(file + ".md")));
      for (int n = 1; blocks.find(); n++) {
        String recipe = blocks.group(1);
        String name = file + "-" + n;
        tests.add(dynamicTest(name, () -> shows(name, recipe)));
      }
    }
    assertTrue(tests.size() >= 12, "recipes: " + tests.size());
    return tests;
  }

  private void shows(String name, String recipe) {
    String html =
        recipe
            .replace("https://comments.example", stage.service())
            .replaceAll("https://[a-z]+\\.(blogspot\\.com|example)", stage.host().origin())
            .replace("data-site=\"blog\"", "data-site=\"host\"")
            .replace("data-site='blog'", "data-site='host'");
    String path = "/recipes/" + name;
    String more = html.contains("<script") ? "" : packaged();
    stage
        .host()
        .page(
            path,
            "<!doctype html><html lang=en><title>" + name + "</title>" + html + more + "</html>",
            null);
    page.navigate(stage.host().origin() + path);
    Locator widget = page.locator("afterword-comments");
    widget.scrollIntoViewIfNeeded();
    assertThat(widget.getByRole(AriaRole.HEADING).first())
        .hasText(Pattern.compile("\\d Comments?"));

    widget.locator("#text").fill("From the recipe " + name);
    widget.getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("Name")).fill("Ada");
    widget
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Post").setExact(true))
        .click();

    assertThat(widget.locator("article.published").first()).containsText("From the recipe " + name);
    assertThat(page.locator("afterword-comments")).hasCount(1);
    assertEquals(List.of(), complaints);
  }

  private static String packaged() {
    return """
        <script type="module">
          import { defineAfterword } from '/package/index.js';
          defineAfterword({ service: '%s', site: 'host' });
        </script>
        """
        .formatted(stage.service());
  }

  @Test
  void package_and_tag_together_register_the_element_once() {
    stage
        .host()
        .page(
            "/both",
            "<!doctype html><html lang=en><title>Both</title><afterword-comments page=both></afterword-comments>"
                + packaged()
                + "<script async src='"
                + stage.service()
                + "/embed/v1.js' data-site=host></script>"
                + "<script async src='"
                + stage.service()
                + "/embed/v1.js' data-site=host></script></html>",
            null);

    page.navigate(stage.host().origin() + "/both");

    Locator widget = page.locator("afterword-comments");
    assertThat(widget).hasCount(1);
    assertThat(widget.getByRole(AriaRole.HEADING).first()).hasText("0 Comments");
    assertEquals(List.of(), complaints);
  }

  @Test
  void the_pinned_tag_runs_as_its_hash_says_and_another_hash_stops_it() {
    String tag = PinnedLoader.snippet(stage.service(), "host");
    stage
        .host()
        .page(
            "/pinned",
            "<!doctype html><html lang=en><title>Pinned</title>" + tag + "</html>",
            null);
    stage
        .host()
        .page(
            "/wrong",
            "<!doctype html><html lang=en><title>Wrong</title>"
                + tag.replace("sha384-", "sha384-AAAA")
                + "</html>",
            null);

    page.navigate(stage.host().origin() + "/pinned");
    assertThat(page.locator("afterword-comments").getByRole(AriaRole.HEADING).first())
        .hasText("0 Comments");
    page.navigate(stage.host().origin() + "/wrong");
    page.waitForLoadState();
    assertThat(page.locator("afterword-comments")).hasCount(0);
  }
}
