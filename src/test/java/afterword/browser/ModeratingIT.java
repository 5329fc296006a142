package afterword.browser;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.journeys.AdminClient;
import afterword.journeys.RunningService;
import afterword.markup.Corpus;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A moderator at the queue, in Chromium, on the real service and the real database. */
@Tag("browser")
class ModeratingIT {
  private static final String EMAIL = "maya@blog.example";
  private static final String PASSWORD = "correct horse battery staple";

  private static RunningService running;
  private static Chromium chromium;

  /** Maya's, for the tests that are not about signing in. */
  private static String cookie = "";

  private ModeratorDesk desk;

  @BeforeAll
  static void start() {
    var held =
        new SiteSettings(Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
    running = new RunningService(held);
    var moderators = running.service().moderators();
    await(
        moderators.add(
            "test", EMAIL, "Maya", Optional.of(PASSWORD), Map.of("blog", Role.MODERATOR), false));
    await(
        moderators.add(
            "test",
            "vera@blog.example",
            "Vera",
            Optional.of(PASSWORD),
            Map.of("blog", Role.VIEWER),
            false));
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) chromium.close();
    if (running != null) running.close();
  }

  @BeforeEach
  void empty() {
    running.database().run("truncate comment, decision cascade");
    desk = browse(new Browser.NewContextOptions());
  }

  @AfterEach
  void nothing_was_complained_about() {
    assertEquals(List.of(), desk.complaints);
    desk.close();
  }

  private static ModeratorDesk browse(Browser.NewContextOptions options) {
    return new ModeratorDesk(
        chromium.browser(),
        running.service().httpPort(),
        options.locale == null ? options.setLocale("en") : options);
  }

  private ModeratorDesk atTheQueue() {
    return desk.signedIn(session()).open("");
  }

  /** A test may have ended the one before. */
  private static String session() {
    var asked = running.get("/api/v1/admin/session").putHeader("Cookie", cookie.split(";")[0]);
    if (await(asked.send()).statusCode() == 200) return cookie;
    var signedIn =
        await(
            running
                .postTo("/api/v1/admin/session")
                .putHeader("Origin", running.service().config().publicBaseUrl())
                .sendJsonObject(new JsonObject().put("email", EMAIL).put("password", PASSWORD)));
    assertEquals(200, signedIn.statusCode(), signedIn.bodyAsString());
    cookie = signedIn.getHeader("Set-Cookie");
    return cookie;
  }

  private static String held(String text) {
    return held(comment(text));
  }

  private static String held(JsonObject comment) {
    var answer = running.send(comment);
    assertEquals(202, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsJsonObject().getJsonObject("comment").getString("id");
  }

  private static String status(String text) {
    return running
        .database()
        .ask("select status from comment where source = '" + text + "' order by id desc limit 1");
  }

  /** Waits until the service has it, since the page is ahead of it. */
  private void becomes(String text, String status) {
    desk.page.waitForCondition(() -> status(text).equals(status));
  }

  /**
   * Cards that leave are counted as they begin to; the page's clock stands still unless it is told.
   */
  @Test
  void who_decides_fast_is_not_shown_how_cards_leave() {
    for (int i = 0; i < 4; i++) held("Number " + i + " of what is decided");
    desk.close();
    desk = browse(new Browser.NewContextOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
    desk.page.clock().install();
    atTheQueue();
    assertThat(desk.current()).isVisible();
    desk.page.clock().pauseAt(System.currentTimeMillis() + 60_000);
    desk.page.evaluate(
        """
        () => {
          window.left = 0;
          new MutationObserver((changes) => changes.forEach(({ target }) => (left += target.matches('.leaving'))))
            .observe(document.querySelector('.cards'), { attributeFilter: ['class'], subtree: true });
        }
        """);

    desk.press("a");
    desk.page.waitForFunction("() => left > 0");
    Object first = desk.page.evaluate("() => left");
    desk.press("a");
    Object inHurry = desk.page.evaluate("() => left");
    desk.page.clock().runFor(700);
    desk.press("a");
    desk.page.waitForFunction("before => left > before", inHurry);

    assertEquals(first, inHurry);
    desk.page.clock().resume();
  }

  @Test
  void a_wrong_password_is_said_and_the_right_one_opens_the_queue() {
    held("First of all");
    desk.open("").signIn(EMAIL, "not the password");
    assertThat(desk.page.getByRole(AriaRole.ALERT)).containsText("not right");

    desk.signIn(EMAIL, PASSWORD);

    desk.shows("First of all");
    desk.waiting(1);
  }

  @Test
  void a_card_says_why_it_is_here_and_what_it_answers() {
    String parent = held("Was there a recording?");
    running
        .database()
        .run(
            "update comment set status = 'published', shown = true where source = 'Was there a recording?'");
    held(comment("Yes, see https://talks.example/2026").put("parentId", parent));

    atTheQueue();

    desk.shows("All comments are held");
    desk.shows("Reply to Ada");
    desk.shows("Was there a recording?");
    assertThat(desk.current().locator(".said-link strong")).hasText("talks.example");
    assertThat(desk.current().locator("a.page"))
        .hasAttribute("href", RunningService.ORIGIN + "/a.html");
  }

  @Test
  void every_decision_is_one_key_and_goes_on_to_the_next() {
    for (String text : List.of("one", "two", "three", "four", "five")) held(text);
    atTheQueue();
    desk.shows("one");

    desk.press("a").shows("two");
    desk.press("r").shows("three");
    desk.press("s").shows("four");
    desk.press("d").shows("five");

    desk.waiting(1);
    desk.says("Deleted. 1 left.");
    becomes("one", "published");
    becomes("two", "rejected");
    becomes("three", "spam");
    becomes("four", "deleted");
  }

  @Test
  void who_does_not_see_the_page_is_told_everything_that_happens_and_nothing_twice() {
    for (String text : List.of("one", "two", "three")) held(text);
    atTheQueue();
    desk.shows("one");
    desk.page.evaluate(
        """
        () => {
          window.said = [];
          new MutationObserver((changes) => {
            for (const { addedNodes } of changes) for (const line of addedNodes) said.push(line.textContent);
          }).observe(document.querySelector('[data-announcer]'), { childList: true });
        }
        """);

    desk.press("a").shows("two");
    desk.pressUntilGone("2", "two").shows("three");
    desk.press("z").shows("two");
    desk.press("x");
    desk.press("s").shows("three");
    desk.press("d");

    assertThat(desk.page.getByText("All clear")).isVisible();
    assertEquals(
        List.of(
            "Approved. 2 left.",
            "Rejected. Insult. 1 left.",
            "Taken back.",
            "1 selected",
            "Marked as spam. 1 left.",
            "Deleted. 0 left."),
        desk.page.evaluate("said"));
    becomes("three", "deleted");
  }

  @Test
  void moving_up_and_down_decides_nothing() {
    for (String text : List.of("one", "two", "three")) held(text);
    atTheQueue();
    desk.shows("one");

    desk.press("j", "ArrowDown").shows("three");
    desk.press("j").shows("three");
    desk.press("k", "ArrowUp").shows("one");

    assertEquals("pending", status("one"));
  }

  @Test
  void every_decision_can_be_taken_back() {
    for (String text : List.of("one", "two")) held(text);
    atTheQueue();
    desk.shows("one");
    desk.press("a", "s");
    assertThat(desk.page.getByText("All clear")).isVisible();
    becomes("two", "spam");

    desk.press("z").shows("two");
    desk.press("z").shows("one");

    becomes("one", "pending");
    becomes("two", "pending");
    desk.waiting(2);
    desk.press("r").shows("two");
    becomes("one", "rejected");
  }

  @Test
  void decisions_are_buttons_too_and_a_double_click_is_one_decision() {
    for (String text : List.of("one", "two", "three")) held(text);
    atTheQueue();
    desk.shows("one");

    desk.card("one").locator("[data-action=approve]").dblclick();

    becomes("one", "published");
    desk.waiting(2);
    desk.button("Undo").click();
    becomes("one", "pending");
  }

  @Test
  void many_are_decided_and_taken_back_as_one() {
    for (String text : List.of("one", "two", "three", "four")) held(text);
    atTheQueue();
    desk.shows("one");

    desk.press("x", "Shift+ArrowDown", "Shift+ArrowDown", "s").shows("four");

    desk.says("3 marked as spam. 1 left.");
    for (String text : List.of("one", "two", "three")) becomes(text, "spam");
    desk.press("z").waiting(4);
    for (String text : List.of("one", "two", "three")) becomes(text, "pending");
  }

  @Test
  void a_digit_rejects_with_a_reason_and_the_next_r_says_the_same() {
    for (String text : List.of("one", "two", "three")) held(text);
    atTheQueue();
    desk.shows("one");

    desk.pressUntilGone("2", "one").shows("two");
    desk.press("r").shows("three");

    becomes("two", "rejected");
    assertEquals(
        "2",
        running
            .database()
            .ask("select count(*) from decision where reason = 'insult' and undone_at is null"));
  }

  @Test
  void new_comments_are_counted_and_move_nothing_until_asked_for() {
    held("one");
    atTheQueue();
    desk.shows("one");
    double top = desk.current().boundingBox().y;

    held("two");
    held("three");

    assertThat(desk.page.locator(".fresh")).hasText("2 new");
    desk.waiting(3);
    assertThat(desk.cards()).hasCount(1);
    assertEquals(top, desk.current().boundingBox().y);
    desk.press("n");
    assertThat(desk.cards()).hasCount(3);
    desk.shows("one");
    assertEquals(top, desk.current().boundingBox().y);
  }

  @Test
  void the_filter_is_the_address() {
    held("one");
    running.database().run("update comment set status = 'spam' where source = 'one'");
    held("two");
    atTheQueue();
    desk.shows("two");

    desk.page.locator(".tab", new Page.LocatorOptions().setHasText("Spam")).click();
    desk.shows("one");
    assertTrue(desk.page.url().endsWith("/admin?status=spam"), desk.page.url());
    desk.page.reload();
    desk.shows("one");
    desk.page.goBack();
    desk.shows("two");
  }

  @Test
  void a_search_and_what_cards_have_in_common_narrow_the_queue() {
    for (String text : List.of("about tides", "about trains")) held(text);
    held(
        comment("elsewhere")
            .put(
                "page",
                new JsonObject()
                    .put("key", "b.html")
                    .put("url", RunningService.ORIGIN + "/b.html")));
    atTheQueue();
    desk.shows("about tides");

    desk.press("/");
    desk.page.keyboard().type("trains");
    desk.press("Enter").shows("about trains");
    assertThat(desk.cards()).hasCount(1);
    assertTrue(desk.page.url().endsWith("/admin?q=trains"), desk.page.url());
    desk.page.locator("[data-filter=q]").click();
    assertThat(desk.cards()).hasCount(3);

    desk.card("elsewhere").locator(".same-page").click();
    assertThat(desk.cards()).hasCount(1);
    desk.page.goBack();
    assertThat(desk.cards()).hasCount(3);
    desk.card("elsewhere").locator(".reason").first().click();
    assertThat(desk.page.locator("[data-filter=reason]")).hasText("First comment");
    assertThat(desk.cards()).hasCount(3);
  }

  @Test
  void a_session_that_ended_asks_again_and_keeps_the_place() {
    for (String text : List.of("one", "two", "three")) held(text);
    atTheQueue();
    desk.shows("one");
    desk.press("j").shows("two");
    running.database().run("delete from session");

    desk.press("a");

    assertThat(desk.page.getByText("Your session has ended")).isVisible();
    assertEquals("pending", status("two"));
    desk.page.getByLabel("Password").fill(PASSWORD);
    desk.press("Enter");
    becomes("two", "published");
    desk.shows("three");
    assertThat(desk.cards()).hasCount(2);
  }

  @Test
  void signing_out_ends_the_session_for_good() {
    running.database().run("delete from session");
    held("one");
    atTheQueue();
    desk.shows("one");

    desk.button("Menu").click();
    desk.button("Sign out").click();

    assertThat(desk.page.getByText("You are signed out.")).isVisible();
    assertThat(desk.cards()).hasCount(0);
    assertEquals("0", running.database().ask("select count(*) from session"));
    desk.page.reload();
    assertThat(desk.page.getByLabel("Password")).isVisible();
  }

  @Test
  void who_was_slower_is_told_who_was_faster() {
    for (String text : List.of("one", "two")) held(text);
    atTheQueue();
    desk.shows("one");
    // The news of it does not arrive, so that the page learns of it by its own decision alone.
    desk.page.route("**/admin/live*", route -> {});
    desk.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    AdminClient script = AdminClient.of(running, "Kim", Map.of("blog", Role.MODERATOR));
    String id = desk.current().getAttribute("data-id");
    script.decide("spam", AdminClient.item(id, 1));
    becomes("one", "spam");

    desk.press("a").shows("two");

    assertThat(desk.page.locator(".notice")).containsText("Kim was faster: Spam.");
    assertEquals("spam", status("one"));
    desk.waiting(1);
  }

  @Test
  void who_may_only_look_has_no_buttons_and_no_keys() {
    held("one");
    desk.open("").signIn("vera@blog.example", PASSWORD).shows("You may look, not decide.");

    desk.press("a").shows("one");

    assertThat(desk.page.locator("[data-action]")).hasCount(0);
    assertEquals("pending", status("one"));
  }

  @Test
  void keys_can_be_given_to_others_and_switched_off() {
    for (String text : List.of("one", "two", "three")) held(text);
    atTheQueue();
    desk.shows("one");
    desk.press("?");
    desk.page.locator("#key-approve").click();
    desk.press("y");
    desk.button("Close").click();

    desk.press("a").shows("one");
    desk.press("y").shows("two");

    desk.press("?");
    desk.page.getByLabel("Decide by keys").uncheck();
    desk.button("Close").click();
    desk.press("y").shows("two");
    becomes("one", "published");
    assertEquals("pending", status("two"));
  }

  @Test
  void context_and_author_open_without_asking_anybody() {
    String root = held("the root");
    running.database().run("update comment set status = 'published', shown = true");
    held(comment("the answer").put("parentId", root));
    atTheQueue();
    desk.shows("the answer");
    var asked = new java.util.ArrayList<String>();
    desk.page.onRequest(request -> asked.add(request.url()));

    desk.press("c", "u");

    assertThat(desk.current().getByLabel("Around it")).containsText("the root");
    assertThat(desk.current().getByLabel("The author")).isVisible();
    desk.press("c", "u");
    assertThat(desk.current().getByLabel("Around it")).isHidden();
    // The counter may ask how many wait; opening asks nothing.
    assertEquals(List.of(), asked.stream().filter(url -> !url.endsWith("queue?limit=1")).toList());
  }

  @Test
  void fourteen_alike_are_one_key_and_taken_back_by_one() {
    for (int n = 0; n < 14; n++) held("Look at https://pills.example/" + n + " number " + n);
    held("another matter");
    atTheQueue();
    desk.shows("number 0");
    assertThat(desk.current().getByText("13 more with the same link")).isVisible();

    desk.press("*", "s").shows("another matter");

    desk.waiting(1);
    desk.page.waitForCondition(() -> count("spam") == 14);
    desk.press("z");
    desk.page.waitForCondition(() -> count("pending") == 15);
    desk.shows("number 0");
    desk.waiting(15);
  }

  private static int count(String status) {
    return Integer.parseInt(
        running.database().ask("select count(*) from comment where status = '" + status + "'"));
  }

  /** The focus stays in a closed dialog until the next frame; a fast typist is there before. */
  @Test
  void a_key_right_after_the_help_was_closed_decides() {
    for (String text : List.of("one", "two")) held(text);
    atTheQueue();
    desk.shows("one");
    desk.press("?");
    desk.button("Close").waitFor();

    desk.button("Close")
        .evaluate(
            "button => { button.click();"
                + " button.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', bubbles: true})); }");

    desk.shows("two");
    assertThat(desk.current()).isFocused();
  }

  @Test
  void nothing_that_people_type_does_anything() {
    int n = 0;
    for (String hostile : hostileTexts()) {
      var page =
          new JsonObject()
              .put("key", "p" + n)
              .put("url", RunningService.ORIGIN + "/p" + n)
              .put("title", hostile);
      var author =
          new JsonObject()
              .put("name", "N" + n + hostile)
              .put("email", null)
              .put("url", "https://a.example/?" + n);
      running.send(comment(n + " " + hostile).put("page", page).put("author", author));
      running.send(comment(n + " by " + hostile));
      n++;
    }
    running
        .database()
        .run("update comment set status = 'pending', author_url = source where text like '% by %'");

    atTheQueue();
    desk.cards().first().waitFor();
    String all = running.database().ask("select count(*) from comment where status = 'pending'");
    for (int shown = 0; shown < Integer.parseInt(all); shown = desk.cards().count())
      desk.press("End");

    assertTrue(Integer.parseInt(all) > 100, all);
    assertEquals(
        0,
        desk.page
            .locator(".card :is(script, iframe, object, embed, form, img, style, svg:not(.icon))")
            .count());
    assertEquals(0, desk.page.locator(".card a:not([href^='http'], [href^='/admin'])").count());
    assertEquals(0, desk.page.locator("html[data-pwned], body[data-pwned]").count());
  }

  private static List<String> hostileTexts() {
    return Stream.concat(
            Corpus.markdownXss().stream(), Corpus.unicodeNaughty().stream().map(Corpus.Entry::text))
        .filter(text -> text.length() < 200)
        .toList();
  }

  @Test
  void on_a_phone_there_is_one_card_with_buttons_under_the_thumb() {
    for (String text : List.of("one", "two", "three")) held(text);
    try (var phone =
        browse(
            new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setHasTouch(true)
                .setIsMobile(true))) {
      phone.open("").signIn(EMAIL, PASSWORD).shows("one");

      for (var button : phone.current().locator(".action").all()) {
        assertTrue(
            button.boundingBox().height >= 48 && button.boundingBox().width >= 72,
            button.innerText());
      }
      assertEquals(360, phone.page.evaluate("document.documentElement.scrollWidth"));
      assertThat(phone.page.locator(".card:visible")).hasCount(1);
      phone.current().locator("[data-action=reject]").tap();
      phone.shows("two");
      phone.swipe(1).shows("three");
      becomes("two", "published");
      phone.button("Undo").tap();
      phone.shows("two");
      becomes("two", "pending");
      phone.swipe(-1).shows("three");
      becomes("two", "rejected");
      assertEquals(List.of(), phone.complaints);
    }
  }

  @Test
  void in_arabic_the_page_is_turned_around() {
    held("one");
    try (var arabic = browse(new Browser.NewContextOptions().setLocale("ar"))) {
      arabic.open("").page.locator("[name=email]").fill(EMAIL);
      arabic.page.locator("[name=password]").fill(PASSWORD);
      arabic.press("Enter").shows("one");

      assertThat(arabic.page.locator("html")).hasAttribute("dir", "rtl");
      assertTrue(
          arabic.current().locator(".actions").boundingBox().x
              < arabic.current().locator(".text").boundingBox().x);
      arabic.press("a").says("تم القبول.");
    }
  }

  @Test
  void nothing_is_wrong_with_it_for_those_who_do_not_see_or_see_little() {
    held("one");
    held("two");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      // What one browser was dealt is not dealt to the next, even if it could not give it back.
      running.database().run("truncate lease");
      try (var other = browse(new Browser.NewContextOptions().setColorScheme(scheme))) {
        other.open("").page.getByLabel("Password").waitFor();
        assertEquals(List.of(), Axe.violations(other.page), scheme + ", signing in");
        other.signIn(EMAIL, PASSWORD).shows("one");
        other.press("x", "?");
        assertEquals(List.of(), Axe.violations(other.page), scheme + ", keys");
        other.press("Escape");
        assertEquals(List.of(), Axe.violations(other.page), scheme + ", queue");
      }
    }
  }
}
