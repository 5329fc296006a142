package afterword.browser;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.Role;
import afterword.journeys.Eventually;
import afterword.journeys.RunningService;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import com.microsoft.playwright.Browser;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two moderators at one queue, each in a browser of their own: they never meet on a comment. */
@Tag("browser")
class DeskTogetherIT {
  private static final String PASSWORD = "correct horse battery staple";
  private static RunningService running;
  private static Chromium chromium;

  private ModeratorDesk maya;
  private ModeratorDesk noor;

  @BeforeAll
  static void start() {
    running =
        new RunningService(
            new SiteSettings(
                Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000));
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
                  Map.of("blog", Role.MODERATOR),
                  false));
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) chromium.close();
    if (running != null) running.close();
  }

  @BeforeEach
  void sitDown() {
    running.database().run("truncate comment, decision cascade; truncate lease");
    maya = desk();
    noor = desk();
  }

  @AfterEach
  void nothing_was_complained_about() {
    assertEquals(List.of(), maya.complaints);
    assertEquals(List.of(), noor.complaints);
    maya.close();
    noor.close();
  }

  private static ModeratorDesk desk() {
    return new ModeratorDesk(
        chromium.browser(),
        running.service().httpPort(),
        new Browser.NewContextOptions().setLocale("en"));
  }

  private void signIn(ModeratorDesk desk, String name) {
    desk.open("").signIn(name.toLowerCase() + "@blog.example", PASSWORD);
  }

  private static void held(int n) {
    for (int i = 1; i <= n; i++) running.send(comment("Number " + i));
  }

  private static Set<String> ids(ModeratorDesk desk) {
    var ids = new HashSet<String>();
    for (var card : desk.cards().all()) ids.add(card.getAttribute("data-id"));
    return ids;
  }

  private static long leased() {
    return Long.parseLong(
        running.database().ask("select count(*) from lease where expires_at > now()"));
  }

  @Test
  void each_is_dealt_other_cards_and_who_leaves_gives_them_back() {
    held(30);
    signIn(maya, "Maya");
    assertThat(maya.cards()).hasCount(25);
    signIn(noor, "Noor");
    assertThat(noor.cards()).hasCount(5);

    Set<String> both = ids(maya);
    both.retainAll(ids(noor));
    assertEquals(Set.of(), both);
    maya.waiting(30);
    noor.waiting(30);

    maya.button("Menu").click();
    maya.button("Sign out").click();
    assertThat(maya.page.getByText("You are signed out.")).isVisible();
    Eventually.eventually("what was hers is free", () -> leased() == 5);
    noor.page.reload();
    assertThat(noor.cards()).hasCount(25);
  }

  @Test
  void where_others_have_all_that_waits_it_is_said_and_comes_when_they_leave() {
    held(3);
    signIn(maya, "Maya");
    assertThat(maya.cards()).hasCount(3);
    signIn(noor, "Noor");

    assertThat(noor.page.locator(".empty")).containsText("The rest is with others");
    noor.waiting(3);
    maya.page.navigate("about:blank");
    assertThat(noor.cards()).hasCount(3);
  }

  @Test
  void a_card_is_left_to_a_colleague_by_one_key_and_can_be_taken_back() {
    held(3);
    signIn(maya, "Maya");
    assertThat(maya.cards()).hasCount(3);
    maya.shows("Number 1");

    maya.press("h").shows("Number 2");
    maya.says("Handed on to colleagues.");
    signIn(noor, "Noor");
    noor.shows("Number 1");
    assertThat(noor.cards()).hasCount(1);
    assertThat(maya.page.locator("#waiting")).hasText("3 waiting");

    maya.press("h").shows("Number 3");
    maya.button("Undo").click();
    maya.shows("Number 2");
    maya.press("a").shows("Number 3");
    maya.page.waitForCondition(
        () ->
            running
                .database()
                .ask("select status from comment where source = 'Number 2'")
                .equals("published"));
  }

  @Test
  void notices_are_dealt_like_what_waits() {
    held(3);
    running
        .database()
        .run(
            "insert into notice (site_id, id, comment_id, key_hash, token_hash, category, explanation, created_at)"
                + " select site_id, id, id, id::text::bytea, '', 'other', 'Because', now() from comment");
    signIn(maya, "Maya");
    assertThat(maya.cards()).hasCount(3);
    maya.open("?status=noticed");
    assertThat(maya.page.locator(".notices")).hasCount(3);
    signIn(noor, "Noor");
    assertThat(noor.page.locator(".empty")).isVisible();
    noor.open("?status=noticed");

    assertThat(noor.page.locator(".empty")).containsText("The rest is with others");
    maya.page.navigate("about:blank");
    assertThat(noor.page.locator(".notices")).hasCount(3);
  }

  @Test
  void a_lease_is_renewed_while_the_tab_is_looked_at() {
    held(2);
    maya.page.clock().install();
    signIn(maya, "Maya");
    maya.shows("Number 1");
    running.database().run("update lease set expires_at = now() + interval '50 s'");

    maya.page.clock().runFor(46_000);

    Eventually.eventually(
        "both are held for two minutes more",
        () ->
            running
                .database()
                .ask("select count(*) from lease where expires_at > now() + interval '60 s'")
                .equals("2"));
  }

  /** As when the leases of a tab that slept have run out. */
  private void hasAllOfThemToo(int n) {
    signIn(noor, "Noor");
    assertThat(noor.page.locator(".empty")).isVisible();
    running.database().run("truncate lease");
    noor.page.reload();
    assertThat(noor.cards()).hasCount(n);
  }

  @Test
  void a_card_that_a_colleague_decides_slides_away_and_says_who_decided_what() {
    held(3);
    signIn(maya, "Maya");
    maya.shows("Number 1");
    hasAllOfThemToo(3);

    noor.card("Number 1").locator("[data-action=spam]").click();

    maya.shows("Number 2");
    assertThat(maya.cards()).hasCount(2);
    assertThat(maya.page.locator(".notice")).hasText("Noor was faster: Spam.");
    maya.says("Noor was faster: Spam.");
    maya.waiting(2);
  }

  @Test
  void a_card_above_that_leaves_does_not_move_the_one_in_work() {
    held(4);
    signIn(maya, "Maya");
    maya.shows("Number 1");
    maya.press("j", "j").shows("Number 3");
    double top = maya.current().boundingBox().y;
    hasAllOfThemToo(4);

    noor.card("Number 2").locator("[data-action=approve]").click();

    assertThat(maya.cards()).hasCount(3);
    maya.shows("Number 3");
    assertEquals(top, maya.current().boundingBox().y, 1);
  }

  @Test
  void the_counter_moves_while_one_looks_and_the_cards_do_not() {
    held(1);
    signIn(maya, "Maya");
    maya.shows("Number 1");
    double top = maya.current().boundingBox().y;

    for (int i = 2; i <= 13; i++) running.send(comment("Number " + i));

    maya.waiting(13);
    assertThat(maya.page.locator(".fresh")).hasText("12 new");
    assertThat(maya.cards()).hasCount(1);
    assertEquals(top, maya.current().boundingBox().y);
    maya.page.locator(".fresh").click();
    assertThat(maya.cards()).hasCount(13);
    maya.shows("Number 1");
  }
}
