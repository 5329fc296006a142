package afterword.browser;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.http.Csv;
import afterword.journeys.AdminClient;
import afterword.journeys.RunningService;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Figures, record, kept filters, templates, second looks and merging, each a view of the desk. */
@Tag("browser")
class DeskViewsIT {
  private static final String EMAIL = "olive@blog.example";
  private static final String PASSWORD = "correct horse battery staple";
  private static RunningService running;
  private static AdminClient mo;
  private static AdminClient owner;
  private static Chromium chromium;

  private ModeratorDesk desk;

  @BeforeAll
  static void start() {
    running =
        new RunningService(
            new SiteSettings(
                Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000));
    await(
        running
            .service()
            .moderators()
            .add("test", EMAIL, "Olive", Optional.of(PASSWORD), Map.of("blog", Role.OWNER), false));
    mo = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
    owner = AdminClient.of(running, "Otis", Map.of("blog", Role.OWNER));
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) chromium.close();
    if (running != null) running.close();
  }

  @BeforeEach
  void browse() {
    running
        .database()
        .run("truncate comment, decision cascade; truncate lease; delete from saved_filter");
    open(new Browser.NewContextOptions().setLocale("en"));
  }

  private void open(Browser.NewContextOptions options) {
    desk = new ModeratorDesk(chromium.browser(), running.service().httpPort(), options);
  }

  @AfterEach
  void nothing_was_complained_about() {
    assertEquals(List.of(), desk.complaints);
    desk.close();
  }

  @Test
  void figures_say_who_decided_what_and_come_as_csv() throws Exception {
    decide("Spam it is", "spam");
    held("Still waiting");
    view("Figures");

    assertThat(sheet().locator("dl")).containsText("Waiting1");
    assertThat(sheet().getByRole(AriaRole.TABLE).first()).containsText("MoSpam1");
    var csv = desk.page.waitForDownload(() -> sheet().getByText("Download as CSV").click());
    assertEquals("stats.csv", csv.suggestedFilename());
    assertTrue(Files.readString(csv.path()).startsWith(Csv.BYTE_ORDER_MARK));
  }

  @Test
  void the_record_says_who_changed_what() {
    decide("Spam it is", "spam");
    view("Record of changes");

    Locator last = sheet().locator(".rows li").first();
    assertThat(last).containsText("Spam");
    assertThat(last).containsText("Waiting → Spam");
    assertThat(last).containsText("Mo");
  }

  @Test
  void a_filter_is_kept_with_a_counter_that_moves_and_is_gone_to() {
    held("about tides");
    held("about trains");
    signIn("?q=tides").shows("about tides");
    desk.button("Kept filters").click();
    sheet().getByLabel("Name for what is shown now").fill("Tides");
    desk.button("Keep").click();
    Locator kept = sheet().locator("[data-kept]");
    assertThat(kept.locator(".count")).hasText("1");

    held("more tides");

    assertThat(kept.locator(".count")).hasText("2");
    desk.button("Close").click();
    desk.page.locator("[data-filter=q]").click();
    assertThat(desk.cards()).hasCount(3);
    desk.button("Kept filters").click();
    assertThat(sheet().locator("[aria-busy=true]")).hasCount(0);
    desk.button("Tides").click();
    assertThat(desk.cards()).hasCount(2);
    assertTrue(desk.page.url().endsWith("/admin?q=tides"), desk.page.url());
  }

  @Test
  void a_kept_filter_that_could_not_be_counted_is_counted_as_soon_as_that_is_possible()
      throws Exception {
    held("about tides");
    signIn("?q=tides").shows("about tides");
    try (var lock = running.database().connect()) {
      lock.setAutoCommit(false);
      lock.createStatement().execute("lock table comment in access exclusive mode");
      desk.button("Kept filters").click();
      sheet().getByLabel("Name for what is shown now").fill("Tides");
      desk.button("Keep").click();
      assertThat(sheet().locator("[data-kept] .count")).hasText("–");
    }

    assertThat(sheet().locator("[data-kept] .count")).hasText("1");
  }

  @Test
  void a_site_s_own_templates_are_said_by_their_digits() {
    AdminClient.ok(
        owner.patch(
            "sites/blog/settings",
            new JsonObject()
                .put(
                    "rejectTemplates",
                    new JsonArray().add("No politics").add("  ").add("Be kind"))));
    try {
      for (String text : List.of("one", "two")) held(text);
      signIn("").shows("one");
      desk.pressUntilGone("2", "one").shows("two");
      desk.press("3").shows("two");

      assertThat(desk.page.locator(".toast.done")).containsText("Be kind");
      desk.page.waitForCondition(
          () -> "Be kind".equals(running.database().ask("select max(reason) from decision")));
      desk.press("R");
      assertThat(sheet()).containsText("No politics");
    } finally {
      AdminClient.ok(
          owner.patch(
              "sites/blog/settings", new JsonObject().put("rejectTemplates", new JsonArray())));
    }
  }

  @Test
  void a_second_look_is_blind_until_it_was_said_what_one_would_have_done() {
    for (int i = 0; i < 40; i++) decide("Look at number " + i, "spam");
    running.database().run("update decision set created_at = created_at - interval '1 h'");
    view("Second look");
    assertThat(sheet().locator(".second-look .text")).containsText("Look at number");
    assertThat(sheet()).not().containsText("Mo decided");

    desk.press("a");

    assertThat(sheet().getByRole(AriaRole.STATUS)).hasText("Mo decided otherwise: Spam.");
    desk.press("s");
    assertThat(sheet().getByRole(AriaRole.STATUS)).hasText("Mo decided the same: Spam.");
    assertEquals(
        "40", running.database().ask("select count(*) from comment where status = 'spam'"));
  }

  @Test
  void a_page_among_many_is_found_to_be_joined() {
    held("On the first page");
    running
        .database()
        .run(
            "insert into page (site_id, id, key, title, first_seen_at)"
                + " select 1, 1000 + n, 'many/' || n, 'Talk ' || n, now() + n * interval '1 s'"
                + " from generate_series(1, 150) as n");
    view("Site");
    sheet().getByText("Pages", new Locator.GetByTextOptions().setExact(true)).click();
    // Without waiting for all of them: what was asked last is what is shown.
    sheet().getByLabel("Find a page").first().fill("a.html");
    desk.press("Enter");
    Locator line = sheet().locator(".page-row");
    assertThat(line).hasCount(1);
    line.first().getByText("Merge", new Locator.GetByTextOptions().setExact(true)).click();
    Locator choice = line.first().getByLabel("Its comments join those of");
    choice.waitFor();
    for (String talk : List.of("Talk 1", "Talk 150")) {
      line.first().locator(".merge input[type=search]").fill(talk);
      desk.press("Enter");
      assertThat(choice.getByText(talk, new Locator.GetByTextOptions().setExact(true))).hasCount(1);
    }
    assertThat(choice.locator("option")).hasCount(1);
    choice.selectOption("Talk 150");
    line.first().getByText("Join them").click();

    desk.says("Merged.");
    assertEquals("1150", running.database().ask("select min(thread_id) from comment"));
    running
        .database()
        .run("truncate comment, decision cascade; delete from page_alias; delete from page");
  }

  @Test
  void a_page_joins_another() {
    held("On the first page");
    running.send(
        comment("On the other")
            .put(
                "page",
                new JsonObject()
                    .put("key", "b.html")
                    .put("url", RunningService.ORIGIN + "/b.html")
                    .put("title", "B")));
    view("Site");
    sheet().getByText("Pages", new Locator.GetByTextOptions().setExact(true)).click();
    Locator other = desk.page.getByText("B", new Page.GetByTextOptions().setExact(true));
    Locator line = sheet().locator(".rows > li").filter(new Locator.FilterOptions().setHas(other));
    line.getByText("Merge", new Locator.GetByTextOptions().setExact(true)).click();
    line.getByLabel("Its comments join those of").selectOption("A");
    line.getByText("Join them").click();

    assertThat(sheet().locator(".rows > li")).hasCount(1);
    desk.says("Merged.");
    assertEquals("1", running.database().ask("select count(distinct thread_id) from comment"));
  }

  @Test
  void the_views_fit_a_phone_in_the_dark_and_from_right_to_left_and_shut_nobody_out() {
    decide("Spam it is", "spam");
    held("Still waiting");
    desk.close();
    open(
        new Browser.NewContextOptions()
            .setLocale("ar")
            .setColorScheme(ColorScheme.DARK)
            .setViewportSize(360, 740));
    desk.open("");
    desk.page.locator("input[type=email]").fill(EMAIL);
    desk.page.locator("input[type=password]").fill(PASSWORD);
    desk.press("Enter");
    desk.current().waitFor();
    for (int entry : new int[] {1, 2, 3, 4}) {
      desk.page.locator(".menu-button").click();
      desk.page.locator("#menu button").nth(entry).click();
      sheet().waitFor();
      assertThat(sheet().locator("[aria-busy]")).hasCount(0);

      assertEquals(List.of(), Axe.violations(desk.page, "dialog[open]"));
      assertEquals(
          false,
          desk.page.evaluate(
              "() => { const s = document.querySelector('dialog[open]'); return s.scrollWidth > s.clientWidth; }"));
      desk.press("Escape");
    }
    assertEquals(List.of(), Axe.violations(desk.page));
  }

  private ModeratorDesk signIn(String search) {
    return desk.open(search).signIn(EMAIL, PASSWORD);
  }

  private void view(String name) {
    signIn("");
    desk.page.getByLabel("Menu").first().click();
    desk.page
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  private Locator sheet() {
    return desk.page.locator("dialog[open]");
  }

  private static String held(String text) {
    var answer = running.send(comment(text));
    assertEquals(202, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsJsonObject().getJsonObject("comment").getString("id");
  }

  private static void decide(String text, String action) {
    mo.decide(action, AdminClient.item(held(text), 1));
  }
}
