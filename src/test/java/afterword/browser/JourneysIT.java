package afterword.browser;

import static afterword.journeys.RunningService.await;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.Role;
import afterword.journeys.RunningService;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The main job from end to end: somebody writes under an article on another origin, a moderator
 * decides, the comment appears; and whatever gets lost on the way, it is there once.
 */
@Tag("browser")
class JourneysIT {
  private static final String EMAIL = "maya@blog.example";
  private static final String PASSWORD = "correct horse battery staple";
  private static final AtomicInteger PAGES = new AtomicInteger();

  private static RunningService running;
  private static Chromium chromium;
  private static HostPage host;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private BrowserContext context;
  private Page page;
  private Locator widget;

  @BeforeAll
  static void start() throws Exception {
    var settings =
        new SiteSettings(
            Mode.OPEN, 1, 2, List.of("casino"), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
    running = new RunningService(settings);
    host = new HostPage();
    await(running.service().sites().add("host", "Host", List.of(host.origin()), settings));
    await(
        running
            .service()
            .moderators()
            .add(
                "test",
                EMAIL,
                "Maya",
                Optional.of(PASSWORD),
                Map.of("host", Role.MODERATOR),
                false));
    host.serve("http://localhost:" + running.service().httpPort(), "host");
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) chromium.close();
    if (host != null) host.close();
    if (running != null) running.close();
  }

  @BeforeEach
  void open_an_article() {
    context = chromium.browser().newContext();
    context.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) complaints.add(message.text());
        });
    page.onPageError(complaints::add);
    page.onRequest(
        request -> {
          if (request.method().equals("POST")) keys.add(request.headerValue("idempotency-key"));
        });
    page.navigate(host.origin() + "/2026/03/journey-" + PAGES.incrementAndGet() + ".html");
    widget = come(page);
    assertThat(widget).containsText("0 Comments: Post a Comment");
  }

  @AfterEach
  void close() {
    assertEquals(List.of(), complaints);
    context.close();
  }

  @Test
  void a_held_comment_is_approved_and_appears_for_everybody() {
    write("Ada", "A night at the casino");
    press("Post");
    assertThat(widget).containsText("Awaiting moderation");

    try (var stranger = new Stranger();
        var desk =
            new ModeratorDesk(
                chromium.browser(),
                running.service().httpPort(),
                new Browser.NewContextOptions().setLocale("en"))) {
      assertThat(stranger.widget).containsText("0 Comments");

      desk.open("").signIn(EMAIL, PASSWORD).shows("A night at the casino");
      desk.shows("Blocked word");
      desk.press("a");
      page.waitForCondition(() -> stored("status").equals("published"));

      stranger.sees("A night at the casino");
      assertEquals(List.of(), desk.complaints);
    }
    page.reload();
    assertThat(come(page).locator("article.published")).containsText("A night at the casino");
    assertThat(widget).not().containsText("Awaiting moderation");
  }

  @Test
  void a_rejected_comment_appears_for_nobody() {
    write("Ada", "Another night at the casino");
    press("Post");
    assertThat(widget).containsText("Awaiting moderation");

    try (var desk =
        new ModeratorDesk(
            chromium.browser(),
            running.service().httpPort(),
            new Browser.NewContextOptions().setLocale("en"))) {
      desk.open("").signIn(EMAIL, PASSWORD).shows("Another night at the casino");
      desk.press("r");
      page.waitForCondition(() -> stored("status").equals("rejected"));
    }

    try (var stranger = new Stranger()) {
      assertThat(stranger.widget).containsText("0 Comments");
      assertThat(stranger.widget).not().containsText("night");
    }
  }

  @Test
  void answers_lost_again_and_again_and_another_try_make_one_comment() {
    losing(3);
    write("Ada", "Sent four times");
    press("Post");
    assertThat(widget).containsText("could not be sent");
    press("Post");

    assertThat(widget.locator("article.published")).hasCount(1);
    assertOneCommentUnderOneKey(4);
  }

  @Test
  void an_answer_lost_before_a_reload_and_another_try_after_it_make_one_comment() {
    losing(2);
    write("Ada", "Sent before and after");
    press("Post");
    assertThat(widget).containsText("could not be sent");

    page.reload();
    widget = come(page);
    assertThat(widget.locator("#text")).hasValue("Sent before and after");
    widget.locator("input[name=name]").fill("Ada");
    press("Post");
    assertThat(widget.locator("#text")).hasValue("");

    assertThat(widget.locator("article.published")).hasCount(1);
    assertOneCommentUnderOneKey(3);
  }

  @Test
  void a_text_changed_after_a_lost_answer_is_kept_and_nothing_is_there_twice() {
    losing(2);
    write("Ada", "As it was");
    press("Post");
    assertThat(widget).containsText("could not be sent");

    widget.locator("#text").fill("As it is");
    press("Post");

    assertThat(widget.locator("article.published")).hasCount(1);
    assertThat(widget.locator("article.published")).containsText("As it was");
    assertThat(widget).containsText("posted already");
    assertThat(widget.locator("#text")).hasValue("As it is");
    assertEquals("As it was", stored("source"));
    assertEquals("1", stored("count(*) over ()"));
  }

  @Test
  void many_clicks_and_keys_while_it_travels_make_one_comment() {
    var waiting = new ArrayList<Route>();
    page.route(
        "**/comments",
        route -> {
          if (route.request().method().equals("POST")) waiting.add(route);
          else route.resume();
        });
    write("Ada", "Clicked again and again");
    Locator send = widget.getByRole(AriaRole.BUTTON, exactly("Post"));
    send.evaluate("button => { for (let i = 0; i < 5; i++) button.click(); }");
    widget
        .locator("#text")
        .evaluate(
            "text => text.dispatchEvent(new KeyboardEvent('keydown',"
                + " {key: 'Enter', ctrlKey: true, bubbles: true, composed: true}))");
    page.waitForCondition(() -> !waiting.isEmpty());
    waiting.forEach(Route::resume);

    assertThat(widget.locator("article.published")).hasCount(1);
    assertOneCommentUnderOneKey(1);
  }

  @Test
  void told_that_it_is_under_way_it_asks_until_it_has_the_answer() {
    var asked = new AtomicInteger();
    page.route(
        "**/comments",
        route -> {
          if (!route.request().method().equals("POST") || asked.getAndIncrement() > 0) {
            route.resume();
            return;
          }
          route.fulfill(
              new Route.FulfillOptions()
                  .setStatus(409)
                  .setHeaders(
                      Map.of(
                          "Access-Control-Allow-Origin", "*",
                          "Content-Type", "application/problem+json"))
                  .setBody("{\"type\":\"/problems/in-flight\",\"status\":409}"));
        });
    write("Ada", "Under way");
    press("Post");

    assertThat(widget.locator("article.published")).hasCount(1);
    assertOneCommentUnderOneKey(2);
  }

  /** The service does its work, the answer never arrives. */
  private void losing(int answers) {
    var lost = new AtomicInteger();
    page.route(
        "**/comments",
        route -> {
          if (!route.request().method().equals("POST") || lost.getAndIncrement() >= answers) {
            route.resume();
            return;
          }
          assertEquals(201, route.fetch().status());
          route.abort();
        });
  }

  private void assertOneCommentUnderOneKey(int attempts) {
    assertEquals("1", stored("count(*) over ()"));
    assertEquals(attempts, keys.size(), keys.toString());
    assertEquals(1, new HashSet<>(keys).size(), keys.toString());
  }

  /** Of the comments under this test's article. */
  private static String stored(String column) {
    return running
        .database()
        .ask(
            "select "
                + column
                + " from comment c join page p on p.site_id = c.site_id and p.id = c.thread_id"
                + " where p.key like '%journey-"
                + PAGES.get()
                + ".html'");
  }

  private void write(String name, String text) {
    widget.locator("#text").fill(text);
    widget.locator("input[name=name]").fill(name);
  }

  private void press(String label) {
    widget.getByRole(AriaRole.BUTTON, exactly(label)).click();
  }

  private static Locator come(Page page) {
    Locator widget = page.locator("afterword-comments");
    widget.scrollIntoViewIfNeeded();
    return widget;
  }

  private static Locator.GetByRoleOptions exactly(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  /** Another reader's browser, on the same article. */
  private final class Stranger implements AutoCloseable {
    private final BrowserContext context = chromium.browser().newContext();
    private final Page page = context.newPage();
    private final Locator widget;

    Stranger() {
      page.navigate(JourneysIT.this.page.url());
      widget = come(page);
    }

    /** After as many looks as it takes for the news to travel. */
    void sees(String text) {
      page.waitForCondition(
          () -> {
            Response answer =
                page.waitForResponse(url -> url.url().contains("/thread"), page::reload);
            return answer.text().contains(text);
          });
      assertThat(come(page)).containsText(text);
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
