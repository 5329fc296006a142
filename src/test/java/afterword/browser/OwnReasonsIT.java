package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import afterword.auth.Role;
import afterword.journeys.AdminClient;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How the author of what was taken down comes to the reasons, and everybody to the legal notice.
 */
@Tag("browser")
class OwnReasonsIT {
  private static Stage stage;
  private static AdminClient mo;
  private static AdminClient otto;

  private final List<String> complaints = new ArrayList<>();
  private String key;
  private BrowserContext context;
  private Page page;
  private Locator widget;

  @BeforeAll
  static void open() throws Exception {
    stage = Stage.open();
    mo = AdminClient.of(stage.running(), "Mo", Map.of("host", Role.MODERATOR));
    otto = AdminClient.of(stage.running(), "Otto", Map.of("host", Role.MODERATOR));
  }

  @AfterAll
  static void close() {
    if (stage != null) stage.close();
  }

  @BeforeEach
  void come() {
    key = stage.newPage();
    context = stage.context();
    page = context.newPage();
    page.onPageError(complaints::add);
    widget = stage.visit(page, key);
    assertThat(widget.getByRole(AriaRole.HEADING).first()).isVisible();
  }

  @AfterEach
  void leave() {
    assertEquals(List.of(), complaints);
    context.close();
  }

  @Test
  void who_wrote_what_was_taken_down_reads_why_and_appeals_on_a_page_without_script() {
    String id = written("Public, and taken down later");
    assertThat(widget.locator("article.published")).hasCount(1);
    decide(mo, "reject", id, "It names a neighbour.");

    again();

    assertThat(widget).containsText("This comment was taken down.");
    assertThat(widget).containsText("Public, and taken down later");
    assertThat(widget.getByText("Awaiting moderation")).hasCount(0);
    page.screenshot(shot("own-taken-down"));
    Page reasons = context.waitForPage(() -> link("Reasons and appeal").click());
    assertThat(reasons.locator(".notice")).containsText("Your comment was taken down.");
    assertThat(reasons.locator("dl")).containsText("It names a neighbour.");
    assertThat(reasons.locator("blockquote")).hasText("Public, and taken down later");
    assertEquals(0, reasons.locator("script").count());
    assertFalse(reasons.url().contains(ownerToken()), "an address that can do no more than this");
    reasons.getByLabel("Why is the decision wrong?").fill("I am that neighbour.");
    reasons.screenshot(shot("own-reasons"));
    reasons.getByText("Send the appeal").click();
    assertThat(reasons.locator(".notice")).containsText("Your appeal waits");

    decide(otto, "approve", id, "Nobody else is named.");
    reasons.reload();
    assertThat(reasons.locator(".notice")).containsText("Your appeal has been answered.");
    assertThat(reasons.locator("dl").last()).containsText("Nobody else is named.");
    again();
    assertThat(widget.locator("article.published")).hasCount(1);
    assertThat(widget.getByText("This comment was taken down.")).hasCount(0);
  }

  @Test
  void what_was_never_public_says_so_and_leads_to_its_reasons_on_every_visit() {
    String id = written("A casino nearby");
    assertThat(widget.locator("article.pending")).hasCount(1);
    decide(mo, "reject", id, "Advertising.");

    for (int visit = 0; visit < 2; visit++) {
      again();
      assertThat(widget).containsText("A moderator did not publish this comment.");
      assertThat(link("Reasons and appeal")).hasCount(1);
    }
  }

  @Test
  void what_is_public_on_a_later_page_is_asked_about_once_a_day() {
    written("Down there");
    assertThat(widget.locator("article.published")).hasCount(1);
    stage
        .running()
        .database()
        .run("update comment set created_at = '2020-01-01' where source = 'Down there'");
    for (int i = 0; i < 51; i++) stage.post(key, "Root number " + i, null);
    var asked = new ArrayList<String>();
    page.onRequest(
        request -> {
          if (request.method().equals("GET") && request.url().matches(".*/comments/[a-z0-9]+"))
            asked.add(request.url());
        });

    again();
    page.waitForCondition(() -> asked.size() == 1);
    // When it was asked is kept once there was an answer.
    page.waitForFunction(
        "() => Object.values(localStorage).some((kept) =>"
            + " Object.values(JSON.parse(kept).own ?? {}).some(({ asked }) => asked))");
    assertThat(widget.locator("article")).hasCount(50);
    again();
    assertThat(widget.locator("article")).hasCount(50);
    page.waitForLoadState(LoadState.NETWORKIDLE);

    assertEquals(1, asked.size());
  }

  @Test
  void who_reports_a_comment_is_led_to_the_legal_notice() {
    String id =
        stage.post(key, "Something unlawful", null).getJsonObject("comment").getString("id");
    again();
    widget.locator("article").getByRole(AriaRole.BUTTON, named("More about")).click();
    widget.getByRole(AriaRole.BUTTON, named("Report")).click();
    page.screenshot(shot("report-with-notice"));

    Page form = context.waitForPage(() -> link("Legal notice (form)").click());

    form.waitForURL("**/c/" + id + "/notice");
    assertThat(form.locator("blockquote")).containsText("Something unlawful");
  }

  /** The id of a comment that this browser has written. */
  private String written(String text) {
    widget.locator("#text").fill(text);
    widget.locator("input[name=name]").first().fill("Ada");
    widget.getByRole(AriaRole.BUTTON, named("Post").setExact(true)).click();
    widget.locator("article.published, article.pending").waitFor();
    String shown = widget.locator("article").getAttribute("id");
    return shown.replace("comment-", "");
  }

  private static void decide(AdminClient who, String action, String id, String facts) {
    JsonObject card = who.read("comments/" + id).getJsonObject("card");
    var appeals = new JsonArray();
    for (Object appeal : card.getJsonArray("appeals"))
      appeals.add(((JsonObject) appeal).getString("id"));
    String ground = action.equals("approve") ? "none" : "terms";
    AdminClient.ok(
        who.post(
            "decisions",
            new JsonObject()
                .put("action", action)
                .put("items", new JsonArray().add(AdminClient.item(id, card.getInteger("version"))))
                .put("statement", new JsonObject().put("facts", facts).put("ground", ground))
                .put("settles", new JsonObject().put("appeals", appeals))));
  }

  private String ownerToken() {
    return (String)
        page.evaluate(
            "Object.values(JSON.parse(Object.entries(localStorage).find(([name]) => name.startsWith('afterword:'))[1]).own)[0].token");
  }

  private void again() {
    page.reload();
    widget.scrollIntoViewIfNeeded();
    assertThat(widget.getByRole(AriaRole.HEADING).first()).isVisible();
  }

  private Locator link(String name) {
    return widget.getByRole(AriaRole.LINK, named(name));
  }

  private static Page.ScreenshotOptions shot(String name) {
    return new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png"));
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
