package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * React, Vue and Svelte as Vite builds them, with the package as npm packs it. {@code
 * bin/frameworks} does the same with every framework there is a recipe for.
 */
@Tag("browser")
class FrameworkBuildsIT {
  @Test
  void what_vite_builds_of_react_vue_and_svelte_shows_comments_and_takes_one() throws Exception {
    assumeTrue(
        FrameworkBuild.ALL.get("vite").isReady(),
        "what Vite builds: run \"npm ci\" in src/test/frameworks/vite");
    try (Stage stage = Stage.open()) {
      check(stage, "vite");
    }
  }

  /** All of them, or those named: {@code FrameworkBuildsIT [NAME…]}. */
  public static void main(String[] names) throws Exception {
    var failed = new TreeSet<String>();
    try (Stage stage = Stage.open()) {
      for (String name :
          names.length > 0 ? java.util.List.of(names) : new TreeSet<>(FrameworkBuild.ALL.keySet()))
        try {
          FrameworkBuild.ALL.get(name).fetch();
          check(stage, name);
          System.out.printf("%-12s shows comments and takes one%n", name);
        } catch (Exception | AssertionError broken) {
          failed.add(name);
          System.out.printf("%-12s FAILED: %s%n", name, broken.getMessage());
        }
    }
    System.exit(failed.isEmpty() ? 0 : 1);
  }

  private static void check(Stage stage, String name) throws Exception {
    FrameworkBuild framework = FrameworkBuild.ALL.get(name);
    Path built = framework.build(stage.service(), "host", stage.host().origin());
    stage.host().folder("/" + name + "/", built);
    for (String page : framework.pages()) showsCommentsAndTakesOne(stage, "/" + name + "/" + page);
  }

  private static void showsCommentsAndTakesOne(Stage stage, String path) {
    var complaints = new ArrayList<String>();
    try (var context = stage.context()) {
      var page = context.newPage();
      page.onPageError(complaints::add);
      page.navigate(stage.host().origin() + path);
      Locator widget = page.locator("afterword-comments");
      widget.scrollIntoViewIfNeeded();
      assertThat(widget.getByRole(AriaRole.HEADING).first()).hasText("0 Comments");

      widget.locator("#text").fill("Written below " + path);
      widget.getByRole(AriaRole.TEXTBOX, named("Name")).fill("Ada");
      widget.getByRole(AriaRole.BUTTON, named("Post").setExact(true)).click();

      assertThat(widget.locator("article.published")).containsText("Written below " + path);
      assertThat(widget).hasCount(1);
    }
    assertEquals(java.util.List.of(), complaints);
    assertEquals(
        "On talks",
        stage
            .running()
            .database()
            .ask(
                "select p.title from page p join comment c on c.site_id = p.site_id"
                    + " and c.thread_id = p.id where c.source = 'Written below "
                    + path
                    + "'"));
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
