package afterword.browser;

import static afterword.journeys.RunningService.await;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.Role;
import afterword.journeys.Eventually;
import afterword.journeys.RunningService;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A legal notice from the reader's form, without script, over the moderators' desk to the answer of
 * an appeal. Screenshots go to target/screenshots.
 */
@Tag("browser")
class NoticesBrowserIT {
  private static final String PASSWORD = "correct horse battery staple";
  private static final Path SHOTS = Path.of("target/screenshots");
  private static RunningService running;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    running =
        new RunningService(
            new SiteSettings(
                Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000));
    for (String name : List.of("Maya", "Noor"))
      await(
          running
              .service()
              .moderators()
              .add(
                  "test",
                  name.toLowerCase() + "@blog.example",
                  name,
                  Optional.of(PASSWORD),
                  Map.of("blog", Role.OWNER),
                  false));
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) chromium.close();
    if (running != null) running.close();
  }

  @Test
  void a_reader_files_a_notice_and_appeals_and_two_moderators_decide() {
    running.send(RunningService.comment("Mr. Miller is a thief, everybody knows it."));
    try (BrowserContext plain = unscripted(ColorScheme.LIGHT, 1280);
        ModeratorDesk maya = desk("Maya");
        ModeratorDesk noor = desk("Noor")) {
      Page reader = plain.newPage();
      reader.navigate(origin() + "/t?site=blog&page=a.html");
      reader.getByText("Report as illegal").click();
      fill(reader);
      shoot(reader, "notice-form");
      reader.locator("form button").click();
      assertThat(reader.locator(".notice")).containsText("Your notice has been received.");
      shoot(reader, "notice-receipt");
      String receipt = reader.url();

      noticed(maya);
      maya.shows("It says that I stole. I never did.");
      assertEquals(
          true,
          maya.page.evaluate(
              "() => { const tabs = document.querySelector('.tabs'); return tabs.scrollWidth <= tabs.clientWidth; }"),
          "no tab is cut");
      shoot(maya.page, "notice-card");
      maya.press("a");
      assertThat(maya.page.locator("#statement-title")).isVisible();
      maya.page.getByLabel("Facts and reasons").fill("Nobody can tell which Mr. Miller is meant.");
      shoot(maya.page, "notice-statement");
      maya.page.locator("dialog[open] button[type=submit]").click();
      maya.says("Approved.");
      stored("select count(*) from notice where decision_id is not null");

      reader.navigate(receipt);
      assertThat(reader.locator("dl").first()).containsText("The comment stays.");
      reader.getByLabel("Why is the decision wrong?").fill("There is one Mr. Miller here.");
      shoot(reader, "notice-decided");
      reader.locator("form button").click();
      assertThat(reader.locator(".notice")).containsText("waits for another moderator");

      noticed(maya);
      maya.shows("There is one Mr. Miller here.");
      assertThat(maya.current()).containsText("against your own decision");
      assertThat(maya.current().locator(".action span")).hasText(new String[] {"Hold"});
      shoot(maya.page, "notice-others");
      maya.press("r");
      assertThat(maya.page.locator("dialog[open]")).hasCount(0);
      maya.says("against your own decision");

      noticed(noor);
      noor.shows("Nobody can tell which Mr. Miller is meant.");
      noor.press("r");
      noor.page.getByLabel("Facts and reasons").fill("The village has one Mr. Miller.");
      noor.page.getByLabel("Which law or term").fill("§ 186");
      noor.page.locator("dialog[open] button[type=submit]").click();
      noor.says("Rejected.");
      stored("select count(*) from appeal where answer_id is not null");

      reader.navigate(receipt);
      assertThat(reader.locator(".notice")).containsText("Your appeal has been answered.");
      assertThat(reader.locator("dl").nth(1)).containsText("The village has one Mr. Miller.");
      assertThat(reader.locator("form")).hasCount(0);
      shoot(reader, "notice-answered");
      reader.navigate(origin() + "/t?site=blog&page=a.html");
      assertThat(reader.getByText("is a thief")).hasCount(0);
      assertEquals(List.of(), maya.complaints);
      assertEquals(List.of(), noor.complaints);
    }
  }

  /** The desk goes on before the service has answered. */
  private static void stored(String count) {
    Eventually.eventually(
        "the decision is stored", () -> running.database().ask(count).equals("1"));
  }

  private static void fill(Page page) {
    page.getByLabel("What is it about?").selectOption("defamation");
    page.getByLabel("Which law does it break, if you know?").fill("Section 186 of the penal code");
    page.getByLabel("Why is the comment illegal?").fill("It says that I stole. I never did.");
    page.getByLabel("Your name").fill("M. Miller");
    page.getByLabel("Your e-mail").fill("miller@reader.example");
    page.getByLabel("I believe in good faith").check();
  }

  private static void noticed(ModeratorDesk desk) {
    desk.open("?status=noticed");
    desk.current().waitFor();
  }

  @Test
  void the_pages_are_open_to_everybody_by_light_and_by_dark_on_a_narrow_screen() {
    String id =
        running
            .send(RunningService.comment("Another claim about somebody"))
            .bodyAsJsonObject()
            .getJsonObject("comment")
            .getString("id");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      var options =
          new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(360, 800);
      try (BrowserContext scripted = chromium.browser().newContext(options.setBypassCSP(true))) {
        Page narrow = scripted.newPage();
        narrow.navigate(origin() + "/c/" + id + "/notice");
        assertEquals(List.of(), Axe.violations(narrow), "form " + scheme);
        fill(narrow);
        shoot(narrow, "notice-form-360-" + scheme);
        narrow.locator("form button").click();
        assertThat(narrow.locator(".notice")).containsText("Your notice has been received.");
        assertEquals(List.of(), Axe.violations(narrow), "receipt " + scheme);
        assertEquals(
            360, narrow.evaluate("document.documentElement.scrollWidth"), "nothing sticks out");
        shoot(narrow, "notice-receipt-360-" + scheme);
      }
    }
    for (String language : List.of("en", "ar")) {
      // What one browser was dealt is not dealt to the next, even if it could not give it back.
      running.database().run("truncate lease");
      var phone =
          new Browser.NewContextOptions()
              .setLocale(language)
              .setColorScheme(ColorScheme.DARK)
              .setViewportSize(360, 800);
      try (var desk = new ModeratorDesk(chromium.browser(), running.service().httpPort(), phone)) {
        desk.open("?status=noticed");
        desk.page.locator("input[type=email]").fill("maya@blog.example");
        desk.page.locator("input[type=password]").fill(PASSWORD);
        desk.press("Enter");
        desk.current().waitFor();
        assertEquals(
            360, desk.page.evaluate("document.documentElement.scrollWidth"), "nothing sticks out");
        shoot(desk.page, "notice-card-360-" + language);
        desk.press("r");
        desk.page.locator("dialog[open] textarea").waitFor();
        shoot(desk.page, "notice-statement-360-" + language);
      }
    }
  }

  @Test
  void a_notice_that_came_after_the_card_is_shown_and_asks_for_reasons_that_are_kept() {
    String text = "Shown before anybody complained";
    String id =
        running
            .send(RunningService.comment(text))
            .bodyAsJsonObject()
            .getJsonObject("comment")
            .getString("id");
    try (BrowserContext plain = unscripted(ColorScheme.LIGHT, 1280);
        ModeratorDesk maya = desk("Maya")) {
      maya.page.locator(".desk").waitFor();
      maya.open("?status=published");
      maya.shows(text);
      Page reader = plain.newPage();
      reader.navigate(origin() + "/c/" + id + "/notice");
      fill(reader);
      reader.locator("form button").click();
      assertThat(reader.locator(".notice")).containsText("Your notice has been received.");

      maya.press("r");
      assertThat(maya.current()).containsText("It says that I stole. I never did.");
      shoot(maya.page, "notice-after-card");
      maya.page.waitForCondition(() -> asks(maya));
      maya.page.getByLabel("Facts and reasons").fill("Typed once.");
      maya.page.keyboard().press("Escape");
      maya.press("r");
      assertThat(maya.page.getByLabel("Facts and reasons")).hasValue("Typed once.");
      maya.page.locator("dialog[open] button[type=submit]").click();

      stored("select count(*) from statement where facts = 'Typed once.' and ground = 'law'");
    }
  }

  /** Keys do nothing for a moment after a card has come back. */
  private static boolean asks(ModeratorDesk desk) {
    if (!desk.page.locator("dialog[open]").isVisible()) desk.press("r");
    return desk.page.locator("dialog[open]").isVisible();
  }

  private static BrowserContext unscripted(ColorScheme scheme, int width) {
    return chromium
        .browser()
        .newContext(
            new Browser.NewContextOptions()
                .setJavaScriptEnabled(false)
                .setColorScheme(scheme)
                .setViewportSize(width, 900));
  }

  private static ModeratorDesk desk(String name) {
    var desk =
        new ModeratorDesk(
                chromium.browser(),
                running.service().httpPort(),
                new Browser.NewContextOptions().setLocale("en").setViewportSize(1280, 900))
            .open("?status=published")
            .signIn(name.toLowerCase() + "@blog.example", PASSWORD);
    desk.page.locator(".desk").waitFor();
    return desk;
  }

  private static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")).setFullPage(true));
  }

  private static String origin() {
    return "http://localhost:" + running.service().httpPort();
  }
}
