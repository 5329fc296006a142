package afterword.browser;

import static afterword.journeys.RunningService.await;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.journeys.RunningService;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A reader on somebody else's strict page, in Chromium, on the real service and the real database.
 */
@Tag("browser")
class WidgetIT {
  private static final AtomicInteger PAGES = new AtomicInteger();
  private static RunningService running;
  private static Chromium chromium;
  private static HostPage host;

  private final List<String> requests = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;
  private Locator widget;

  @BeforeAll
  static void start() throws Exception {
    var open =
        new SiteSettings(
            Mode.OPEN, 1, 2, List.of("casino"), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
    running = new RunningService(open);
    host = new HostPage();
    await(running.service().sites().add("host", "Host", List.of(host.origin()), open));
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
  void open() {
    context = chromium.browser().newContext();
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) complaints.add(message.text());
        });
    page.onPageError(complaints::add);
    page.onRequest(request -> requests.add(request.url()));
    page.navigate(host.origin() + "/2026/03/page-" + PAGES.incrementAndGet() + ".html");
    widget = page.locator("afterword-comments");
    widget.scrollIntoViewIfNeeded();
    assertThat(widget.getByRole(AriaRole.HEADING).first()).hasText("0 Comments");
  }

  @AfterEach
  void close() {
    assertEquals(List.of(), complaints);
    context.close();
  }

  @Test
  void reading_takes_few_requests_to_us_alone_and_stores_nothing() {
    String service = "http://localhost:" + running.service().httpPort();
    List<String> ours =
        requests.stream()
            .filter(url -> !url.startsWith(host.origin()))
            .filter(url -> !url.matches(".*/live(\\.js|\\?.*)"))
            .toList();

    assertTrue(ours.stream().allMatch(url -> url.startsWith(service)), ours.toString());
    assertTrue(ours.size() <= 3, ours.toString());
    assertEquals(0, page.evaluate("localStorage.length + sessionStorage.length"));
    assertEquals(List.of(), context.cookies());
    assertThat(widget).containsText("0 Comments: Post a Comment");
  }

  @Test
  void a_comment_is_shown_at_once_and_a_reply_nests() {
    write("Hello *you*");
    send("Post");

    Locator first = widget.getByRole(AriaRole.ARTICLE).first();
    assertThat(first.locator("em")).hasText("you");
    assertThat(widget.getByRole(AriaRole.HEADING).first()).hasText("1 Comment");
    widget.getByRole(AriaRole.BUTTON, named("Reply to Ada")).click();
    first.locator("textarea").fill("And you");
    first.locator("input[name=name]").fill("Ben");
    send("Post reply");

    assertThat(widget.locator("ol ol article.published")).containsText("And you");
    page.reload();
    widget.scrollIntoViewIfNeeded();
    assertThat(widget.locator("ol ol article")).containsText("And you");
  }

  @Test
  void a_held_comment_is_there_for_its_author_alone() {
    write("Come to the casino");
    send("Post");
    assertThat(widget).containsText("Awaiting moderation");

    page.reload();
    widget.scrollIntoViewIfNeeded();
    assertThat(widget).containsText("Awaiting moderation");
    try (var other = chromium.browser().newContext()) {
      Page stranger = other.newPage();
      stranger.navigate(page.url());
      Locator seen = stranger.locator("afterword-comments");
      seen.scrollIntoViewIfNeeded();
      assertThat(seen).containsText("0 Comments");
      assertThat(seen.getByRole(AriaRole.ARTICLE)).hasCount(0);
    }
  }

  @Test
  void a_lost_answer_and_a_double_click_make_one_comment() {
    var lost = new AtomicInteger();
    page.route(
        "**/comments",
        route -> {
          if (!route.request().method().equals("POST") || lost.getAndIncrement() > 0) {
            route.resume();
            return;
          }
          route.fetch();
          route.abort();
        });
    String text = "Only once " + PAGES.get();
    write(text);
    widget.getByRole(AriaRole.BUTTON, exactly("Post")).dblclick();

    assertThat(widget.getByRole(AriaRole.ARTICLE)).hasCount(1);
    assertThat(widget.locator("article.published")).containsText(text);
    assertEquals(
        "1", running.database().ask("select count(*) from comment where source = '" + text + "'"));
  }

  @Test
  void the_text_survives_a_failed_post_and_a_reload() {
    page.route(
        "**/comments",
        route ->
            route.fulfill(
                new com.microsoft.playwright.Route.FulfillOptions()
                    .setStatus(503)
                    .setHeaders(
                        java.util.Map.of(
                            "Access-Control-Allow-Origin",
                            "*",
                            "Content-Type",
                            "application/problem+json"))
                    .setBody("{\"type\":\"/problems/unavailable\",\"status\":503}")));
    write("Precious words");
    send("Post");
    assertThat(widget).containsText("Not possible right now");
    assertThat(text()).hasValue("Precious words");

    page.reload();
    widget.scrollIntoViewIfNeeded();
    assertThat(text()).hasValue("Precious words");
  }

  @Test
  void problems_stand_next_to_their_fields() {
    text().fill("No name");
    send("Post");

    assertThat(widget.locator("input[name=name]")).isFocused();
    assertThat(widget.locator("input[name=name]")).hasAccessibleDescription("Please fill this in.");
  }

  @Test
  void axe_finds_nothing_reading_or_writing() {
    write("Plain words");
    send("Post");
    assertThat(widget.getByRole(AriaRole.ARTICLE)).hasCount(1);
    text().focus();

    assertEquals(List.of(), axeOnWidget());
  }

  private List<String> axeOnWidget() {
    return Axe.violations(page).stream().filter(line -> !line.contains("masthead")).toList();
  }

  private Locator text() {
    return widget.locator("#text");
  }

  private void write(String words) {
    text().fill(words);
    widget.locator("input[name=name]").first().fill("Ada");
  }

  private void send(String label) {
    widget.getByRole(AriaRole.BUTTON, exactly(label)).click();
  }

  private static Locator.GetByRoleOptions exactly(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
