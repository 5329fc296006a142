package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody writes on somebody else's page, and the network does what networks do. */
@Tag("browser")
class WidgetWritingIT {
  private static Stage stage;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;
  private String key;
  private Locator widget;

  @BeforeAll
  static void open() throws Exception {
    stage = Stage.open();
  }

  @AfterAll
  static void close() {
    if (stage != null) stage.close();
  }

  @BeforeEach
  void come() {
    key = stage.newPage();
    context = stage.context();
    enter();
  }

  private void enter() {
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
  void a_name_is_remembered_only_if_asked() {
    write("First");
    send();
    assertThat(widget.locator("article.published")).hasCount(1);
    again();
    text().click();
    assertThat(name()).hasValue("");

    write("Second");
    widget.getByLabel("Remember me on this site").check();
    send();
    assertThat(widget.locator("article.published")).hasCount(2);
    again();
    text().click();
    assertThat(name()).hasValue("Ada");
  }

  @Test
  void marks_go_around_what_is_selected_by_button_and_by_key() {
    text().fill("one two three");
    select(4, 7);
    widget.getByRole(AriaRole.BUTTON, exactly("Bold")).click();
    assertThat(text()).hasValue("one **two** three");

    text().fill("one");
    text().press("Control+a");
    text().press("Control+i");
    assertThat(text()).hasValue("*one*");
    text().fill("one");
    text().press("Control+a");
    text().press("Control+k");
    assertThat(text()).hasValue("[one](https://)");
    text().fill("one\ntwo");
    text().press("Control+a");
    widget.getByRole(AriaRole.BUTTON, exactly("Quote")).click();
    assertThat(text()).hasValue("> one\n> two");
    text().press("Control+z");
    assertThat(text()).hasValue("one\ntwo");
  }

  @Test
  void the_preview_is_what_the_service_makes_of_it() {
    text().fill("Some **bold** words <script>alert(1)</script>");
    widget.getByRole(AriaRole.BUTTON, exactly("Preview")).click();

    assertThat(widget.locator(".preview strong")).hasText("bold");
    assertThat(widget.locator(".preview script")).hasCount(0);
    assertThat(text()).isHidden();
    widget.getByRole(AriaRole.BUTTON, exactly("Preview")).click();
    assertThat(text()).isFocused();
  }

  @Test
  void the_limit_is_told_when_it_comes_near() {
    text().fill("x".repeat(9_000));
    assertThat(widget.locator(".counter")).isHidden();
    text().fill("x".repeat(9_990));
    assertThat(widget.locator(".counter")).hasText("10 characters left");
    text().fill("😀".repeat(10_001));
    assertThat(widget.locator(".counter")).hasText("1 character too long");
  }

  @Test
  void drafts_are_kept_per_parent_from_the_first_key_on() {
    var parent = stage.post(key, "Whom to answer", null).getJsonObject("comment").getString("id");
    again();
    text().pressSequentially("A");
    assertThat(name()).isVisible();
    widget.getByRole(AriaRole.BUTTON, exactly("Reply to Ada")).click();
    widget.locator("#reply-" + parent).pressSequentially("B");

    again();

    assertThat(text()).hasValue("A");
    assertThat(widget.locator("#reply-" + parent)).hasValue("B");
    var other = context.newPage();
    assertThat(stage.visit(other, stage.newPage()).locator("#text")).hasValue("");
  }

  @Test
  void a_slow_answer_and_impatient_clicks_make_one_comment() {
    var waiting = new ArrayList<Route>();
    page.route("**/comments", route -> waiting.add(route));
    write("Slowly");
    Locator post = widget.getByRole(AriaRole.BUTTON, exactly("Post"));
    post.dblclick();
    assertThat(widget.locator("article.sending")).containsText("Slowly");
    assertThat(widget.locator("article.sending")).containsText("Posting…");
    page.waitForCondition(() -> !waiting.isEmpty());
    waiting.forEach(Route::resume);

    assertThat(widget.locator("article.published")).hasCount(1);
    assertOneComment("Slowly");
  }

  @Test
  void written_offline_it_is_sent_once_when_the_network_is_back() {
    write("From a tunnel");
    context.setOffline(true);
    send();
    assertThat(widget).containsText("Your comment will be sent when you are back.");
    assertThat(text()).hasValue("From a tunnel");

    context.setOffline(false);

    assertThat(widget.locator("article.published")).containsText("From a tunnel");
    assertOneComment("From a tunnel");
  }

  @Test
  void written_offline_and_left_it_is_sent_once_on_the_next_visit() {
    writeOfflineAndLeave("From a tunnel, then home");

    enter();

    assertThat(widget.locator("article.published")).containsText("From a tunnel, then home");
    assertOneComment("From a tunnel, then home");
    again();
    assertThat(widget.locator("article.published")).hasCount(1);
    assertThat(text()).hasValue("");
  }

  private void writeOfflineAndLeave(String text) {
    write(text);
    context.setOffline(true);
    send();
    assertThat(widget).containsText("Your comment will be sent when you are back.");
    page.close();
    context.setOffline(false);
  }

  @Test
  void left_again_while_it_is_sent_it_is_sent_on_the_visit_after() {
    writeOfflineAndLeave("From a tunnel, then away");
    var sent = new AtomicInteger();
    // And never answered.
    context.route("**/comments", route -> sent.incrementAndGet());
    enter();
    page.waitForCondition(() -> sent.get() == 1);
    context.unroute("**/comments");

    again();

    assertThat(widget.locator("article.published")).containsText("From a tunnel, then away");
    assertThat(text()).hasValue("");
    assertOneComment("From a tunnel, then away");
  }

  @Test
  void after_a_503_the_text_is_back_and_another_try_makes_one_comment() {
    var refused = new AtomicInteger();
    page.route(
        "**/comments",
        route -> {
          if (refused.getAndIncrement() > 0) route.resume();
          else refuse(route, 503, "unavailable", "{}");
        });
    write("Try again");
    send();
    assertThat(widget).containsText("Not possible right now");
    assertThat(text()).hasValue("Try again");

    send();

    assertThat(widget.locator("article.published")).hasCount(1);
    assertOneComment("Try again");
  }

  @Test
  void a_problem_with_a_field_stands_next_to_it_with_the_text_back() {
    page.route(
        "**/comments",
        route ->
            refuse(
                route,
                422,
                "invalid",
                "{\"errors\":[{\"pointer\":\"/author/email\",\"code\":\"malformed\",\"detail\":\"No.\"}]}"));
    write("With a wrong address");
    send();

    Locator email = widget.getByLabel("E-mail");
    assertThat(email).isFocused();
    assertThat(email).hasAccessibleDescription("This does not look like an e-mail address.");
    assertThat(text()).hasValue("With a wrong address");
  }

  /** Notes how long the page's intervals are: by then it listens for who comes back, too. */
  private static final String NOTING_INTERVALS =
      "(() => { const set = setInterval; window.intervals = [];"
          + " window.setInterval = (act, millis) => { intervals.push(millis); return set(act, millis); } })()";

  private void awaitLookingAfter() {
    page.waitForFunction("() => intervals.includes(30000)");
  }

  @Test
  void a_held_comment_is_asked_about_on_return_and_shown_when_published() {
    page.addInitScript(NOTING_INTERVALS);
    again();
    write("Come to the casino");
    send();
    assertThat(widget.locator("article.pending")).containsText("Awaiting moderation");
    awaitLookingAfter();

    stage
        .running()
        .database()
        .run("update comment set status = 'published', shown = true where source like '%casino'");
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");

    assertThat(widget.locator("article.published")).containsText("Come to the casino");
    assertThat(widget.getByRole(AriaRole.HEADING).first()).hasText("1 Comment");
  }

  @Test
  void a_rejection_reaches_its_author_alone() {
    page.addInitScript(NOTING_INTERVALS);
    again();
    write("Another casino");
    send();
    assertThat(widget.locator("article.pending")).isVisible();
    awaitLookingAfter();
    try (var stranger = stage.context()) {
      Page other = stranger.newPage();
      var heard = new ArrayList<String>();
      other.onResponse(answer -> heard.add(answer.url()));
      Locator seen = stage.visit(other, key);
      assertThat(seen).containsText("0 Comments");
      stage
          .running()
          .database()
          .run(
              "update comment set status = 'rejected', decided_at = now() where source like 'Another casino'");
      page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");

      assertThat(widget).containsText("A moderator did not publish this comment.");
      assertThat(seen.getByRole(AriaRole.ARTICLE)).hasCount(0);
    }
  }

  @Test
  void it_asks_every_half_minute_for_ten_minutes_and_then_no_more() {
    page.close();
    page = context.newPage();
    page.clock().install();
    page.addInitScript(NOTING_INTERVALS);
    var asked = new AtomicInteger();
    page.onRequest(
        request -> {
          if (request.method().equals("GET") && request.url().matches(".*/comments/[a-z0-9]+"))
            asked.incrementAndGet();
        });
    widget = stage.visit(page, key);
    write("A night at the casino");
    send();
    assertThat(widget.locator("article.pending")).isVisible();
    awaitLookingAfter();
    int before = asked.get();
    for (int n = 1; n <= 20; n++) {
      int now = before + n;
      page.clock().runFor(30_000);
      page.waitForCondition(() -> asked.get() >= now);
    }
    page.clock().runFor(120_000);

    assertEquals(before + 20, asked.get());
  }

  @Test
  void ones_own_comment_can_be_edited_while_there_is_time_and_withdrawn() {
    write("As it was");
    send();
    Locator mine = widget.locator("article.published");
    mine.getByRole(AriaRole.BUTTON, named("More about")).click();
    mine.getByRole(AriaRole.BUTTON, named("Edit (15 minutes left)")).click();
    mine.locator("form textarea").fill("As it is");
    mine.getByRole(AriaRole.BUTTON, exactly("Save")).click();
    assertThat(mine).containsText("As it is");
    assertThat(mine).containsText("edited");
    assertThat(mine).isFocused();

    mine.getByRole(AriaRole.BUTTON, named("More about")).click();
    mine.getByRole(AriaRole.BUTTON, exactly("Withdraw")).click();
    assertThat(mine).containsText("Take this comment back for good?");
    mine.getByRole(AriaRole.BUTTON, exactly("Withdraw")).click();
    assertThat(widget.getByRole(AriaRole.ARTICLE)).hasCount(0);
    assertThat(widget.getByRole(AriaRole.STATUS)).hasText("Your comment is gone.");
    assertThat(widget.getByRole(AriaRole.HEADING).first()).hasText("0 Comments");
    assertThat(text()).isFocused();
  }

  @Test
  void a_vote_counts_at_once_and_the_same_again_takes_it_back() {
    stage.post(key, "Worth a vote", null);
    again();
    Locator up = widget.getByRole(AriaRole.BUTTON, exactly("Agree with Ada"));
    up.click();
    assertThat(up).hasAttribute("aria-pressed", "true");
    assertThat(widget.locator(".score")).hasText("1");
    page.waitForCondition(() -> "1".equals(votes()));
    page.waitForFunction(
        "() => Object.values(localStorage).some((kept) => Object.values(JSON.parse(kept).votes ?? {}).includes(1))");

    up.click();
    assertThat(up).hasAttribute("aria-pressed", "false");
    page.waitForCondition(() -> "0".equals(votes()));
  }

  @Test
  void a_comment_can_be_reported_with_a_reason() {
    stage.post(key, "Something to report", null);
    again();
    Locator theirs = widget.locator("article.published");
    theirs.getByRole(AriaRole.BUTTON, named("More about")).click();
    theirs.getByRole(AriaRole.BUTTON, exactly("Report")).click();
    theirs.getByLabel("What is wrong with it?").selectOption("off-topic");
    theirs.getByRole(AriaRole.BUTTON, exactly("Report")).click();

    assertThat(widget.getByRole(AriaRole.STATUS))
        .hasText("Thank you. A moderator will look at it.");
    page.waitForCondition(
        () ->
            "off-topic"
                .equals(
                    stage.stored(
                        key,
                        "(select max(reason) from flag f where f.site_id = c.site_id and f.comment_id = c.id)")));
  }

  @Test
  void told_to_look_again_the_writer_changes_it_or_sends_it_anyway() {
    var keys = new ArrayList<String>();
    page.route(
        "**/comments",
        route -> {
          keys.add(route.request().headerValue("idempotency-key"));
          if (keys.size() > 1) route.resume();
          else
            refuse(
                route,
                422,
                "nudge",
                "{\"errors\":[{\"pointer\":\"/body\",\"code\":\"suspect-word\",\"detail\":\"x\"}],"
                    + "\"nudge\":[{\"reason\":\"suspect-word\",\"found\":\"nitwit\"}]}");
        });
    write("You nitwit");
    send();
    assertThat(
            widget
                .getByRole(AriaRole.ALERT)
                .filter(new Locator.FilterOptions().setHasText("nitwit")))
        .containsText("Please have another look before this is sent: nitwit");
    assertThat(widget.getByRole(AriaRole.BUTTON, exactly("Change it"))).isFocused();
    widget.getByRole(AriaRole.BUTTON, exactly("Change it")).click();
    assertThat(text()).isFocused();
    assertThat(text()).hasValue("You nitwit");
    send();

    assertThat(widget.locator("article.published")).hasCount(1);
    assertEquals(1, keys.stream().distinct().count());
  }

  @Test
  void the_articles_date_is_what_the_tag_says_else_the_page_else_nothing() {
    String meta = "<meta property='article:published_time' content='2025-02-02T10:00:00+02:00'>";
    String linked =
        "<script type='application/ld+json'>{\"@type\": \"Article\", \"datePublished\": \"2025-03-03\"}</script>";

    assertEquals("2025-01-01 00:00:00+00", dateOf(meta + linked, "data-published=2025-01-01"));
    assertEquals("2025-02-02 08:00:00+00", dateOf(meta + linked, ""));
    assertEquals("2025-03-03 00:00:00+00", dateOf(linked, ""));
    assertEquals("none", dateOf("", ""));
  }

  /** What is stored as the date of a page with that in its head, after a first comment. */
  private String dateOf(String head, String attribute) {
    key = stage.newPage();
    stage
        .host()
        .page(
            "/" + key,
            "<!doctype html><html lang=en><title>Dated</title>%s<body><script async src='%s/embed/v1.js' data-site=host %s></script></body>"
                .formatted(head, stage.service(), attribute),
            null);
    page.navigate(stage.host().origin() + "/" + key);
    widget.scrollIntoViewIfNeeded();
    write("Of some age");
    send();
    assertThat(widget.locator("article.published")).hasCount(1);
    return stage.stored(key, "coalesce(p.published_at::text, 'none')");
  }

  private String votes() {
    return stage.stored(
        key,
        "(select count(*) from vote v where v.site_id = c.site_id and v.comment_id = c.id and v.value <> 0)");
  }

  private static void refuse(Route route, int status, String slug, String more) {
    String body =
        "{\"type\":\"/problems/" + slug + "\",\"status\":" + status + "," + more.substring(1);
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(status)
            .setHeaders(
                Map.of(
                    "Access-Control-Allow-Origin", "*", "Content-Type", "application/problem+json"))
            .setBody(body.replace(",}", "}")));
  }

  private void assertOneComment(String source) {
    assertEquals("1", stage.stored(key, "count(*) over ()"));
    assertEquals(source, stage.stored(key, "source"));
  }

  private void again() {
    page.reload();
    widget.scrollIntoViewIfNeeded();
    assertThat(widget.getByRole(AriaRole.HEADING).first()).isVisible();
  }

  private void select(int from, int to) {
    text().evaluate("(text, [from, to]) => text.setSelectionRange(from, to)", List.of(from, to));
  }

  private Locator text() {
    return widget.locator("#text");
  }

  private Locator name() {
    return widget.locator("input[name=name]").first();
  }

  private void write(String words) {
    text().fill(words);
    name().fill("Ada");
  }

  private void send() {
    widget.getByRole(AriaRole.BUTTON, exactly("Post")).click();
  }

  private static Locator.GetByRoleOptions exactly(String name) {
    return named(name).setExact(true);
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
