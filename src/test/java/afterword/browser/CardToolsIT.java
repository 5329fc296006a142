package afterword.browser;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.Role;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What moderators do to comments and authors besides deciding, by key and by button. */
@Tag("browser")
class CardToolsIT {
  private static final String EMAIL = "maya@blog.example";
  private static final String PASSWORD = "correct horse battery staple";

  private static RunningService running;
  private static Chromium chromium;
  private static int people;
  private ModeratorDesk desk;

  @BeforeAll
  static void start() {
    running = new RunningService(SiteSettings.DEFAULTS);
    await(
        running
            .service()
            .moderators()
            .add("test", EMAIL, "Maya", Optional.of(PASSWORD), Map.of("blog", Role.OWNER), false));
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) chromium.close();
    if (running != null) running.close();
  }

  @BeforeEach
  void empty() {
    running.database().run("truncate comment, decision, ban cascade");
    desk =
        new ModeratorDesk(
            chromium.browser(),
            running.service().httpPort(),
            new Browser.NewContextOptions().setLocale("en"));
  }

  @AfterEach
  void nothing_was_complained_about() {
    assertEquals(List.of(), desk.complaints);
    desk.close();
  }

  @Test
  void an_author_is_banned_and_what_waits_is_rejected_and_comes_back_by_undo() {
    String key = commenterKey();
    for (int n = 0; n < 3; n++) held("unkind " + n, key);
    held("kind", commenterKey());
    atTheQueue("unkind 0");

    desk.press("B");
    assertThat(desk.page.getByLabel("Reject all that waits of theirs")).isChecked();
    desk.page.getByLabel("Reason (for the team)").fill("unkind");
    desk.page.keyboard().press("Enter");

    desk.shows("kind");
    desk.waiting(1);
    assertEquals("3", count("status = 'rejected'"));
    assertEquals(
        "commenter unkind", running.database().ask("select kind || ' ' || reason from ban"));
    desk.page.locator(".toast-button").click();
    desk.waiting(4);
    assertEquals("0", count("status = 'rejected'"));
  }

  @Test
  void a_ban_says_what_it_left_because_a_notice_waits() {
    String key = commenterKey();
    for (String text : List.of("unkind", "unlawful")) held(text, key);
    atTheQueue("unkind");
    running
        .database()
        .run(
            "insert into notice (site_id, id, comment_id, key_hash, token_hash, category, explanation, created_at)"
                + " select site_id, id, id, '', '', 'other', 'Because', now() from comment where source = 'unlawful'");

    desk.press("B");
    desk.page.getByLabel("Reason (for the team)").fill("unkind");
    desk.page.keyboard().press("Enter");

    desk.says("Banned. 1 rejected. Not rejected: 1, where a legal notice waits for reasons.");
    assertEquals("1", count("status = 'pending'"));
  }

  @Test
  void somebody_is_looked_at_first_or_kept_out_silently_and_never_both() {
    String key = commenterKey();
    held("keeps coming back", key);
    atTheQueue("keeps coming back");
    tool("Ban").click();
    Locator holds = desk.page.getByLabel("Do not keep them out, only look first");
    Locator silent = desk.page.getByLabel("Do not let them know");

    holds.check();
    silent.check();
    assertThat(holds).not().isChecked();
    holds.check();
    assertThat(silent).not().isChecked();
    desk.page.getByLabel("Reason (for the team)").fill("looks like trouble");
    desk.page.keyboard().press("Enter");

    assertThat(desk.page.locator("dialog[open]")).hasCount(0);
    assertEquals(
        "commenter t f",
        running.database().ask("select concat_ws(' ', kind, holds, shadow) from ban"));
  }

  @Test
  void a_text_is_redacted_and_what_it_said_is_kept() {
    held("my number is 555-1234, call me", commenterKey());
    atTheQueue("555-1234");

    desk.press("e");
    desk.page.getByLabel("Text").fill("my number is █████, call me");
    desk.button("Save").click();

    desk.shows("█████");
    assertThat(desk.current()).isFocused();
    assertThat(desk.current().locator("del")).containsText("555-1234,");
    assertEquals("1", running.database().ask("select count(*) from comment_revision"));
  }

  @Test
  void an_owner_erases_what_is_deleted_after_being_asked() {
    held("please forget me", commenterKey());
    atTheQueue("please forget me");
    assertThat(tool("Erase")).hasCount(0);
    desk.press("d");
    desk.says("Deleted.");
    // Which is said before it is answered.
    desk.page.waitForCondition(() -> count("status = 'deleted'").equals("1"));
    desk.open("?status=deleted").shows("please forget me");

    tool("Erase").click();
    desk.button("Cancel").click();
    assertEquals("please forget me", running.database().ask("select source from comment"));
    tool("Erase").click();
    assertThat(desk.page.locator("dialog[open]")).containsText("This cannot be taken back.");
    desk.page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/erase.png")));
    desk.button("Erase for ever").click();

    desk.says("Erased for ever.");
    assertEquals("", running.database().ask("select source from comment"));
    assertThat(desk.current().locator(".action")).hasCount(0);
    assertThat(desk.current()).not().containsText("please forget me");
  }

  @Test
  void an_edit_on_what_somebody_else_changed_is_refused_and_nothing_typed_is_lost() {
    held("first wording", commenterKey());
    atTheQueue("first wording");
    desk.press("e");
    desk.page.getByLabel("Text").fill("second wording");
    running.database().run("update comment set version = version + 1");

    desk.button("Save").click();

    assertThat(desk.page.locator("dialog[open] .form-error").last()).not().isEmpty();
    assertThat(desk.page.getByLabel("Text")).hasValue("second wording");
    assertEquals("first wording", running.database().ask("select source from comment"));
  }

  @Test
  void an_answer_as_staff_approves_what_it_answers_and_undo_holds_it_again() {
    held("is there a part two?", commenterKey());
    atTheQueue("part two");

    desk.press("p");
    desk.page.getByLabel("Your answer").fill("Yes, on Sunday.");
    desk.button("Answer and approve").click();

    desk.waiting(0);
    assertEquals("2", count("status = 'published'"));
    assertEquals("1", count("badge = 'staff' and source = 'Yes, on Sunday.'"));
    desk.page.locator(".toast-button").click();
    desk.waiting(1);
  }

  @Test
  void a_root_is_pinned_and_locked_and_both_are_taken_back() {
    held("stays on top", commenterKey());
    atTheQueue("stays on top");

    desk.press("!");
    assertThat(tool("Unpin")).isVisible();
    assertEquals("1", count("pinned"));
    desk.press("l");
    assertThat(tool("Unlock")).isVisible();
    tool("Unpin").click();
    assertThat(tool("Pin")).isVisible();
    desk.page.locator(".toast-button").click();
    assertThat(tool("Unpin")).isVisible();
  }

  @Test
  void the_sheets_fit_a_phone_and_shut_nobody_out() {
    held("x", commenterKey());
    desk.page.setViewportSize(360, 640);
    atTheQueue("x");
    for (String name : List.of("Ban", "Edit", "Answer")) {
      tool(name).click();
      assertEquals(List.of(), Axe.violations(desk.page, "dialog[open]"), name);
      assertEquals(
          false,
          desk.page.evaluate(
              "() => { const s = document.querySelector('dialog[open]'); return s.scrollWidth > s.clientWidth; }"),
          name);
      desk.page.keyboard().press("Escape");
      assertThat(desk.current()).isFocused();
    }
  }

  private Locator tool(String name) {
    return desk.current()
        .locator(
            ".tool",
            new Locator.LocatorOptions()
                .setHasText(java.util.regex.Pattern.compile("^" + name + "$")));
  }

  private void atTheQueue(String first) {
    desk.open("").signIn(EMAIL, PASSWORD).shows(first);
  }

  private static String commenterKey() {
    return "%032x".formatted(++people);
  }

  private static void held(String text, String commenterKey) {
    JsonObject comment = comment(text).put("commenterKey", commenterKey);
    var answer =
        await(
            running
                .post()
                .putHeader("X-Forwarded-For", "198.51.100." + (people % 200 + 1))
                .sendJsonObject(comment));
    assertEquals(202, answer.statusCode(), answer.bodyAsString());
  }

  private static String count(String where) {
    return running.database().ask("select count(*) from comment where " + where);
  }
}
