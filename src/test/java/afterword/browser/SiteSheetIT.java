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
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
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

/** What owners and moderators change about a site, in Chromium on the real service. */
@Tag("browser")
class SiteSheetIT {
  private static final String PASSWORD = "correct horse battery staple";

  private static RunningService running;
  private static Chromium chromium;
  private ModeratorDesk desk;

  @BeforeAll
  static void start() {
    running = new RunningService(SiteSettings.DEFAULTS);
    for (Role role : Role.values())
      await(
          running
              .service()
              .moderators()
              .add(
                  "test",
                  role.word() + "@blog.example",
                  "Mia " + role.word(),
                  Optional.of(PASSWORD),
                  Map.of("blog", role),
                  false));
    running.send(comment("a page begins with its first comment"));
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) chromium.close();
    if (running != null) running.close();
  }

  @BeforeEach
  void browse() {
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
  void a_page_is_closed_and_reopened() {
    open(Role.MODERATOR, "Pages");
    assertThat(sheet()).containsText("A 0 approved");

    desk.button("Close").first().click();
    assertThat(desk.button("Reopen")).isVisible();
    assertEquals(403, running.send(comment("too late")).statusCode());
    desk.button("Reopen").click();
    assertThat(desk.button("Reopen")).hasCount(0);
  }

  @Test
  void a_page_gets_its_title_address_and_date() {
    open(Role.OWNER, "Pages");
    desk.button("Details").first().click();
    Locator row = sheet().locator(".page-row").first();
    row.getByLabel("Title").fill("A better title");
    row.getByLabel("Address").fill("https://elsewhere.example/a.html");
    row.getByLabel("Date of the article").fill("2026-02-03");
    row.getByText("Save").click();
    assertThat(row.getByLabel("Address")).hasAttribute("aria-invalid", "true");
    row.getByLabel("Address").fill("https://blog.example/better.html");
    desk.page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/page-details.png")));
    row.getByText("Save").click();

    assertThat(sheet()).containsText("A better title");
    assertEquals(
        "A better title https://blog.example/better.html 2026-02-03",
        running
            .database()
            .ask(
                "select concat_ws(' ', title, url, (published_at at time zone 'UTC')::date) from page"));
    running.database().run("update page set title = 'A', published_at = null");
  }

  @Test
  void an_owner_adds_a_webhook_tries_it_and_gets_its_secret_once() {
    open(Role.OWNER, "Webhooks");
    sheet().getByLabel("Address").fill("http://hook.example/");
    desk.button("Add").click();
    assertThat(sheet()).containsText("it is not https");
    sheet().getByLabel("Address").fill("https://127.0.0.1:1/hook");
    sheet().getByLabel("Edited").uncheck();
    desk.button("Add").click();
    assertThat(sheet().locator(".once input"))
        .hasValue(java.util.regex.Pattern.compile("whsec_.{44}"));
    assertThat(sheet()).containsText("Held, Published, Removed");

    firstLookComesDuringTheAttempt();
    desk.button("Send a test").click();
    assertThat(sheet()).containsText("not public");
    assertThat(sheet()).containsText("given up · 1 attempt");
    desk.button("Send again").click();
    assertThat(sheet()).containsText("given up · 2 attempts");

    desk.button("New secret").click();
    assertThat(sheet()).containsText("two secrets until");
    desk.button("Switch off").click();
    assertThat(sheet().locator(".once")).hasCount(0);
    assertThat(desk.button("Switch on")).isVisible();
    desk.button("Remove").click();
    assertThat(desk.button("Switch on")).hasCount(0);
  }

  private void firstLookComesDuringTheAttempt() {
    desk.page.route(
        "**/deliveries?*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        """
                        {"deliveries": [{"id": "d", "event": "ping", "status": "waiting", "attempts": 1,
                          "answer": null, "error": null, "createdAt": "2026-01-01T00:00:00Z",
                          "nextAt": "2026-01-01T00:01:00Z"}], "next": null}
                        """)),
        new Page.RouteOptions().setTimes(1));
  }

  @Test
  void an_owner_makes_the_site_stricter_and_it_acts() {
    open(Role.OWNER, "Policy");
    sheet().getByLabel("Links allowed").fill("0");
    sheet().getByLabel("Addresses of its pages, one per line").fill(RunningService.ORIGIN);
    assertThat(sheet().getByLabel("Proof of work from the browser")).hasValue("when-risky");
    sheet().getByLabel("Proof of work from the browser").selectOption("off");
    sheet().getByLabel("Close where the article is older").fill("400");
    desk.button("Save").click();

    assertThat(desk.page.locator(".toast.done")).containsText("Saved.");
    assertEquals(
        "0 off 400",
        running
            .database()
            .ask(
                "select concat_ws(' ', settings->>'maxLinks', settings->>'proofOfWork', settings->>'closeAfterDays') from site where key = 'blog'"));
    assertThat(sheet().getByLabel("Links allowed")).hasValue("0");
  }

  @Test
  void an_owner_is_told_what_would_go_for_ever_before_it_does() {
    running
        .database()
        .run(
            """
            insert into comment (site_id, id, thread_id, root_id, depth, source, html, text, status, shown,
              rules_version, fingerprint, owner_token_hash, created_at, author_email)
            select site_id, 900000 + n, id, 900000 + n, 0, 's', 's', 's', 'spam', false, 1, 'f', 'o',
              now() - interval '400 days', 'old@reader.example'
            from generate_series(1, 3210) n, (select site_id, id from page limit 1) page
            """);
    open(Role.OWNER, "Retention");
    sheet().getByLabel("Forget who sent a comment").fill("40000");
    desk.button("Save").click();
    assertThat(sheet().getByLabel("Forget who sent a comment"))
        .hasAttribute("aria-invalid", "true");
    sheet().getByLabel("Forget who sent a comment").fill("300");
    sheet().getByLabel("Erase what was rejected").fill("365");
    desk.button("Save").click();

    assertThat(sheet()).containsText("The senders of 3,210 comments are forgotten within a day.");
    assertThat(sheet()).containsText("3,210 texts older than this are erased within a day.");
    assertEquals("0", kept("eraseRejectedAfterDays"));
    desk.page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/retention.png")));
    desk.button("Save, and let it go for ever").click();
    assertThat(desk.page.locator(".toast.done")).containsText("Saved.");
    assertEquals(
        "300 365 0",
        kept("forgetSendersAfterDays", "eraseRejectedAfterDays", "eraseDeletedAfterDays"));

    sheet().getByLabel("Forget who sent a comment").fill("0");
    sheet().getByLabel("Erase what was rejected").fill("0");
    desk.button("Save").click();
    assertThat(desk.page.locator(".toast.done")).containsText("Saved.");
    running.database().run("delete from comment where id > 900000");
  }

  private static String kept(String... settings) {
    return running
        .database()
        .ask(
            "select concat_ws(' ', "
                + java.util.Arrays.stream(settings)
                    .map(name -> "coalesce(settings->>'" + name + "', '0')")
                    .collect(java.util.stream.Collectors.joining(", "))
                + ") from site where key = 'blog'");
  }

  @Test
  void what_is_wrong_with_the_policy_is_said_at_its_field() {
    open(Role.OWNER, "Policy");
    sheet().getByLabel("Addresses of its pages, one per line").fill("not an address");
    desk.button("Save").click();

    assertThat(sheet().locator(".form-error:not(:empty)").first()).isVisible();
    assertThat(sheet().getByLabel("Addresses of its pages, one per line"))
        .hasValue("not an address");
  }

  @Test
  void words_are_listed_one_per_line() {
    open(Role.OWNER, "Words");
    sheet().getByLabel("Words that hold a comment, one per line").fill("casino*\n\n pills ");
    desk.button("Save").click();

    assertThat(desk.page.locator(".toast.done")).containsText("Saved.");
    desk.button("Close").last().click();
    open("Words");
    assertThat(sheet().getByLabel("Words that hold a comment, one per line"))
        .hasValue("casino*\npills");
  }

  @Test
  void an_owner_sees_what_words_would_change_before_they_are_saved() {
    running.send(comment("A <b>marzipan</b> morning"));
    open(Role.OWNER, "Words");
    sheet().getByLabel("Words that hold a comment, one per line").fill("marzipan");
    sheet()
        .locator("details[open]")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("What would change"))
        .click();

    Locator tried = sheet().locator(".replay").last();
    assertThat(tried).containsText("judged again.");
    assertThat(tried).containsText("Blocked word on 1 more, on 0 fewer");
    assertEquals(
        "f",
        running
            .database()
            .ask("select settings::text like '%marzipan%' from site where key = 'blog'"));
  }

  @Test
  void the_tag_is_there_and_an_address_is_checked() {
    open(Role.VIEWER, "Tag for your pages");
    assertThat(sheet().locator("textarea.secret"))
        .hasValue(java.util.regex.Pattern.compile(".*/embed/v1\\.js.*data-site=\"blog\".*"));
    sheet().getByLabel("Check the address of a page").fill("https://other.example/x");
    desk.button("Check").click();
    assertThat(sheet().getByRole(AriaRole.STATUS)).containsText("https://other.example");
    sheet().getByLabel("Check the address of a page").fill(RunningService.ORIGIN + "/b.html");
    desk.button("Check").click();
    assertThat(sheet().getByRole(AriaRole.STATUS)).containsText("b.html");
  }

  @Test
  void who_only_looks_changes_nothing() {
    open(Role.VIEWER, "Pages");
    assertThat(sheet()).containsText("0 approved");
    assertThat(sheet().locator("summary")).hasCount(3);
    assertThat(sheet().locator(".rows button, .rows select")).hasCount(0);
  }

  @Test
  void the_sheet_fits_a_phone_and_shuts_nobody_out() {
    desk.page.setViewportSize(360, 640);
    open(Role.OWNER, "Pages");
    for (String part : List.of("Bans", "Policy", "Words", "People", "Tag for your pages")) {
      Locator summary = sheet().locator("summary", new Locator.LocatorOptions().setHasText(part));
      summary.click();
      // What comes into one part moves the next, maybe from under a finger.
      assertThat(summary.locator("xpath=..").locator("form, li, p, textarea").first()).isVisible();
      assertThat(sheet().locator("[aria-busy=true]")).hasCount(0);
    }
    assertThat(sheet().locator("textarea.secret")).isVisible();
    assertThat(sheet().getByLabel("Links allowed")).isVisible();
    assertThat(sheet().getByText("Mia owner")).isVisible();

    assertEquals(List.of(), Axe.violations(desk.page, "dialog[open]"));
    assertEquals(
        false,
        desk.page.evaluate(
            "() => { const s = document.querySelector('dialog[open]'); return s.scrollWidth > s.clientWidth; }"));
  }

  private void open(Role role, String part) {
    desk.open("").signIn(role.word() + "@blog.example", PASSWORD);
    open(part);
  }

  private void open(String part) {
    desk.page.getByLabel("Menu").first().click();
    desk.page
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Site").setExact(true))
        .click();
    sheet().locator("summary", new Locator.LocatorOptions().setHasText(part)).first().click();
  }

  private Locator sheet() {
    return desk.page.locator("dialog[open]");
  }
}
