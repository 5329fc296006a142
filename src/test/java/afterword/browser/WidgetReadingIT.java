package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody reads a thread on somebody else's page. */
@Tag("browser")
class WidgetReadingIT {
  private static final int DEPTH = 2;
  private static final SiteSettings SHALLOW =
      new SiteSettings(
          Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, DEPTH, 900, 10_000, 1, 100_000);

  private static Stage stage;
  private static String big;

  private final List<String> requests = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  /** 60 roots, of which 50 come at once, with seven replies each, of which three come at once. */
  @BeforeAll
  static void open() throws Exception {
    stage = Stage.open(SHALLOW);
    big = stage.newPage();
    stage.seed(big, 60, 7);
  }

  @AfterAll
  static void close() {
    if (stage != null) stage.close();
  }

  @BeforeEach
  void come() {
    context = stage.context();
    page = context.newPage();
    page.onRequest(request -> requests.add(request.url()));
    page.onPageError(complaints::add);
  }

  @AfterEach
  void leave() {
    assertEquals(List.of(), complaints);
    context.close();
  }

  @Test
  void replies_nest_as_deep_as_the_site_lets_them_and_then_say_whom_they_answer() {
    Locator widget = stage.visit(page, big);
    Locator second = widget.locator(article(60, 2));
    Locator third = widget.locator(article(60, 3));

    assertThat(third).containsText("in reply to");
    assertThat(second).not().containsText("in reply to");
    assertEquals(DEPTH, depthOf(second));
    assertEquals(DEPTH, depthOf(third));
  }

  @Test
  void replies_fold_away_and_back() {
    Locator widget = stage.visit(page, big);
    Locator fold = widget.locator(article(60, 0)).locator(".fold");
    assertThat(fold).hasAttribute("aria-expanded", "true");

    fold.click();
    assertThat(fold).hasText("Show 3 replies");
    assertThat(widget.locator(article(60, 1))).isHidden();
    fold.press("Enter");
    assertThat(widget.locator(article(60, 1))).isVisible();
  }

  @Test
  void another_order_shows_another_end_first() {
    Locator widget = stage.visit(page, big);
    assertThat(widget.locator("article").first()).containsText("Comment 60.0");

    widget.getByLabel("Sort by").selectOption("oldest");

    assertThat(widget.locator("article").first()).containsText("Comment 1.0");
  }

  @Test
  void more_comments_come_below_and_the_focus_goes_to_the_first_of_them() {
    Locator widget = stage.visit(page, big);
    Locator last = widget.locator(article(11, 0));
    Locator more = widget.getByRole(AriaRole.BUTTON, named("Show more comments"));
    more.focus();
    double before = settled(last);

    more.press("Enter");

    assertThat(widget.locator(article(10, 0))).isFocused();
    assertThat(widget.getByRole(AriaRole.STATUS)).hasText("10 comments loaded");
    assertEquals(before, settled(last), 1);
    assertThat(widget.getByRole(AriaRole.BUTTON, named("Show more comments"))).hasCount(0);
  }

  @Test
  void more_replies_come_where_they_belong() {
    Locator widget = stage.visit(page, big);
    Locator thread = widget.locator(".roots > li").filter(holding("Comment 60.0"));

    thread.getByRole(AriaRole.BUTTON, named("Show more replies")).click();

    assertThat(thread.locator("article")).hasCount(8);
    assertThat(widget.locator(article(60, 4))).isFocused();
  }

  @Test
  void a_link_leads_to_any_comment_in_two_requests() {
    String deep = stage.idOf(big, 3, 6);

    page.navigate(stage.host().origin() + "/" + big + "#comment-" + deep);

    Locator shown = page.locator("afterword-comments").locator("#comment-" + deep);
    assertThat(shown).isFocused();
    assertThat(shown).hasClass(java.util.regex.Pattern.compile("shown"));
    assertThat(shown).isInViewport();
    assertEquals(2, threadRequests());
  }

  @Test
  void a_link_on_the_page_itself_is_followed_without_a_request() {
    Locator widget = stage.visit(page, big);
    assertThat(widget.locator(article(60, 0))).isVisible();
    int before = threadRequests();

    page.evaluate("id => { location.hash = 'comment-' + id }", stage.idOf(big, 20, 1));

    assertThat(widget.locator(article(20, 1))).isFocused();
    assertThat(widget.locator(article(20, 1))).isInViewport();
    assertEquals(before, threadRequests());
  }

  @Test
  void one_timer_keeps_all_times() {
    context.addInitScript(
        "window.timers = []; const set = setInterval; window.setInterval = (f, ms) => { timers.push(ms); return set(f, ms) }");
    Locator widget = stage.visit(page, big);
    assertThat(widget.locator("article")).hasCount(200);

    assertEquals(List.of(60_000), page.evaluate("timers"));
  }

  @Test
  void what_others_write_is_announced_and_never_put_above_the_reader() {
    String key = stage.newPage();
    stage.seed(key, 2, 0);
    Locator widget = stage.visit(page, key);
    Locator first = widget.locator("article").first();
    assertThat(first).containsText("Comment 2.0");
    watching();

    stage.post(key, "News from elsewhere", null);

    Locator offer = widget.getByRole(AriaRole.BUTTON, named("1 new comment · Show"));
    assertThat(offer).isVisible();
    assertThat(widget.getByRole(AriaRole.STATUS)).hasText("1 new comment · Show");
    assertThat(first).containsText("Comment 2.0");
    assertThat(widget.getByRole(AriaRole.HEADING).first()).hasText("3 Comments");
    offer.click();
    assertThat(first).containsText("News from elsewhere");
    assertThat(first).isFocused();
  }

  @Test
  void what_others_change_or_take_back_changes_before_the_readers_eyes() {
    String key = stage.newPage();
    var edited = stage.post(key, "As it was", null);
    var removed = stage.post(key, "Soon gone", null);
    Locator widget = stage.visit(page, key);
    assertThat(widget.locator("article")).hasCount(2);
    watching();

    stage.change(edited, "As it is now");
    assertThat(widget).containsText("As it is now");
    stage.change(removed, null);
    assertThat(widget).not().containsText("Soon gone");
    assertThat(widget.getByRole(AriaRole.HEADING).first()).hasText("1 Comment");
  }

  @Test
  void the_stream_rests_while_the_page_rests_in_the_cache_for_back_and_forward() {
    String key = stage.newPage();
    stage.seed(key, 1, 0);
    Locator widget = stage.visit(page, key);
    assertThat(widget.locator("article")).hasCount(1);
    watching();

    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
    stage.post(key, "Written meanwhile", null);
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");

    assertThat(widget.getByRole(AriaRole.BUTTON, named("1 new comment · Show"))).isVisible();
    assertEquals(2, requests.stream().filter(url -> url.contains("/live?")).count());
  }

  @Test
  void what_is_written_between_reading_and_looking_on_is_told() {
    String key = stage.newPage();
    stage.post(key, "The first word", null);
    page.route(
        "**/live?*",
        route -> {
          stage.post(key, "In between", null);
          route.resume();
        });

    Locator widget = stage.visit(page, key);

    assertThat(widget.getByRole(AriaRole.BUTTON, named("1 new comment · Show"))).isVisible();
    assertTrue(requests.stream().anyMatch(url -> url.matches(".*/live\\?.*\\bafter=\\d.*")));
  }

  @Test
  void code_is_coloured_and_what_colours_it_is_fetched_only_for_code() {
    String plain = stage.newPage();
    stage.post(plain, "No code here", null);
    assertThat(stage.visit(page, plain).locator("article")).hasCount(1);
    assertEquals(0, requests.stream().filter(url -> url.endsWith("/code.js")).count());

    String coded = stage.newPage();
    stage.post(coded, "```\nconst a = \"<b>\"; // why\n```", null);
    Locator code = stage.visit(page, coded).locator("pre code");

    assertThat(code.locator(".code-string")).hasText("\"<b>\"");
    assertThat(code.locator(".code-comment")).hasText("// why");
    assertThat(code).hasText("const a = \"<b>\"; // why");
  }

  @Test
  void lazy_waits_until_the_reader_is_near_eager_does_not_and_manual_waits_for_the_page() {
    String html =
        "<!doctype html><html lang=en><title>Far</title><body><div style='height: 6000px'></div>"
            + "<afterword-comments page='"
            + big
            + "' %s></afterword-comments>"
            + "<script async src='"
            + stage.service()
            + "/embed/v1.js' data-site=host></script></body>";
    stage.host().page("/lazy", html.formatted(""), null);
    stage.host().page("/eager", html.formatted("loading=eager"), null);
    stage.host().page("/manual", html.formatted("loading=manual"), null);
    Locator articles = page.locator("afterword-comments").locator("article");

    page.navigate(stage.host().origin() + "/lazy");
    page.waitForFunction("() => customElements.get('afterword-comments')");
    assertEquals(0, threadRequests());
    page.evaluate("scrollTo(0, 5000)");
    assertThat(articles.first()).isAttached();
    page.navigate(stage.host().origin() + "/eager");
    assertThat(articles.first()).isAttached();
    requests.clear();
    page.navigate(stage.host().origin() + "/manual");
    page.waitForFunction("() => customElements.get('afterword-comments')");
    page.evaluate("scrollTo(0, 6000)");
    assertEquals(0, threadRequests());
    page.evaluate("document.querySelector('afterword-comments').load()");
    assertThat(articles.first()).isVisible();
  }

  @Test
  void a_new_page_attribute_shows_the_new_page_in_one_load() {
    String other = stage.newPage();
    stage.seed(other, 1, 0);
    Locator widget = stage.visit(page, big);
    assertThat(widget.locator("article").first()).containsText("Comment 60.0");
    int before = threadRequests();

    page.evaluate(
        "key => { const e = document.querySelector('afterword-comments');"
            + " e.setAttribute('page', key); e.setAttribute('lang', 'en') }",
        other);

    assertThat(widget.getByRole(AriaRole.HEADING).first()).hasText("1 Comment");
    assertEquals(before + 1, threadRequests());
  }

  @Test
  void an_element_that_leaves_takes_its_request_with_it() {
    var failed = new ArrayList<String>();
    page.onRequestFailed(request -> failed.add(request.url()));
    page.route("**/thread?**", route -> {});
    page.navigate(stage.host().origin() + "/" + big);
    Locator widget = page.locator("afterword-comments");
    widget.scrollIntoViewIfNeeded();
    page.waitForCondition(() -> threadRequests() > 0);

    page.evaluate("document.querySelector('afterword-comments').remove()");

    page.waitForCondition(() -> failed.stream().anyMatch(url -> url.contains("/thread?")));
  }

  @Test
  void a_fragment_from_the_server_is_replaced_without_a_moment_of_nothing() {
    String key = stage.newPage();
    stage.seed(key, 3, 2);
    String fragment =
        afterword.journeys.RunningService.await(
                stage.running().get("/embed/v1/fragment?site=host&page=" + key).send())
            .bodyAsString();
    stage
        .host()
        .page(
            "/fragment",
            "<!doctype html><html lang=en><title>Fragment</title><body><script>window.bare = 0;"
                + "const look = () => { const e = document.querySelector('afterword-comments');"
                + " if (e && (e.shadowRoot ?? e).querySelector('article')) window.seen = true;"
                + " else if (window.seen) bare++; requestAnimationFrame(look) };"
                + "look();</script><afterword-comments page='"
                + key
                + "' loading=eager>"
                + fragment
                + "</afterword-comments><script async src='"
                + stage.service()
                + "/embed/v1.js' data-site=host></script></body>",
            null);

    page.navigate(stage.host().origin() + "/fragment");

    Locator drawn = page.locator("afterword-comments").locator("article.published");
    assertThat(drawn).hasCount(9);
    assertThat(drawn.first()).isVisible();
    assertEquals(0, page.evaluate("bare"));
  }

  @Test
  void fifty_changes_of_route_leave_nothing_behind() {
    String one = stage.newPage();
    String two = stage.newPage();
    stage.seed(one, 10, 3);
    stage.seed(two, 10, 3);
    stage
        .host()
        .page(
            "/app",
            "<!doctype html><html lang=en><title>App</title><body><main></main><script async src='"
                + stage.service()
                + "/embed/v1.js' data-site=host data-loading=manual data-target=main></script></body>",
            null);
    page.navigate(stage.host().origin() + "/app");
    page.waitForFunction("() => customElements.get('afterword-comments')");
    CDPSession session = context.newCDPSession(page);
    session.send("Performance.enable");
    route(one, two, 20);
    double[] before = memory(session);

    route(one, two, 50);

    double[] after = memory(session);
    assertTrue(after[0] <= before[0] * 1.05, "heap " + before[0] + " > " + after[0]);
    assertTrue(after[1] <= before[1] * 1.05, "listeners " + before[1] + " > " + after[1]);
  }

  /**
   * As a single-page site does it: the old article goes with its comments, a new one comes with its
   * own.
   */
  private void route(String one, String two, int times) {
    page.evaluate(
        """
        async ([one, two, times]) => {
          const main = document.querySelector('main');
          for (let n = 0; n < times; n++) {
            const element = document.createElement('afterword-comments');
            element.setAttribute('page', n % 2 ? one : two);
            element.setAttribute('loading', 'eager');
            const ready = new Promise((done) => element.addEventListener('afterword:ready', done, { once: true }));
            main.replaceChildren(element);
            await ready;
          }
          main.replaceChildren();
        }
        """,
        List.of(one, two, times));
  }

  /** Bytes of heap and number of listeners once the garbage is gone. */
  private static double[] memory(CDPSession session) {
    for (int times = 0; times < 3; times++) session.send("HeapProfiler.collectGarbage");
    double[] found = new double[2];
    for (var metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      JsonObject one = metric.getAsJsonObject();
      if (one.get("name").getAsString().equals("JSHeapUsedSize"))
        found[0] = one.get("value").getAsDouble();
      if (one.get("name").getAsString().equals("JSEventListeners"))
        found[1] = one.get("value").getAsDouble();
    }
    return found;
  }

  /** Until the stream is open. */
  private void watching() {
    page.waitForCondition(() -> requests.stream().anyMatch(url -> url.contains("/live?")));
  }

  private int threadRequests() {
    return (int)
        requests.stream()
            .filter(url -> url.contains("/thread?") || url.contains("/replies?"))
            .count();
  }

  private static String article(int root, int reply) {
    return "#comment-" + stage.idOf(big, root, reply);
  }

  private static int depthOf(Locator article) {
    return ((Number)
            article.evaluate(
                "a => { let n = 0; for (let l = a.closest('ol.replies'); l; l = l.parentElement.closest('ol.replies')) n++; return n }"))
        .intValue();
  }

  /** Where it is once what came near has been drawn. */
  private double settled(Locator element) {
    double before;
    double now = top(element);
    do {
      before = now;
      page.evaluate(
          "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
      now = top(element);
    } while (now != before);
    return now;
  }

  private static double top(Locator element) {
    return ((Number) element.evaluate("e => e.getBoundingClientRect().top")).doubleValue();
  }

  private static Locator.FilterOptions holding(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
