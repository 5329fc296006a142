package afterword.browser;

import static afterword.journeys.RunningService.await;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.Role;
import afterword.journeys.OneTimeCode;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people do about their own account and about others, in Chromium on the real service. */
@Tag("browser")
class AccountIT {
  private static final String PASSWORD = "a long enough password";
  private static int people;

  private static RunningService running;
  private static Chromium chromium;
  private String email;
  private ModeratorDesk desk;

  @BeforeAll
  static void start() {
    running = new RunningService(SiteSettings.DEFAULTS);
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) chromium.close();
    if (running != null) running.close();
  }

  @BeforeEach
  void signIn() {
    email = "own" + ++people + "@blog.example";
    await(
        running
            .service()
            .moderators()
            .add("test", email, "Olga", Optional.of(PASSWORD), Map.of("blog", Role.OWNER), false));
    desk = browse();
    desk.open("").signIn(email, PASSWORD);
    assertThat(desk.page.locator("#waiting")).isVisible();
  }

  @AfterEach
  void nothing_was_complained_about() {
    assertEquals(List.of(), desk.complaints);
    desk.close();
  }

  private static ModeratorDesk browse() {
    return new ModeratorDesk(
        chromium.browser(),
        running.service().httpPort(),
        new Browser.NewContextOptions().setLocale("en"));
  }

  @Test
  void a_second_factor_is_set_up_and_asked_for() {
    openAccount("Second factor");
    desk.button("Set up").click();
    assertThat(desk.page.locator(".qr")).isVisible();
    String secret = desk.page.locator("code.secret").textContent();
    code(desk).fill(OneTimeCode.of(secret));
    desk.button("Confirm").click();
    assertThat(desk.page.locator(".codes li")).hasCount(10);
    String recovery = desk.page.locator(".codes li").first().textContent();

    try (var other = browse()) {
      other.open("").signIn(email, PASSWORD);
      assertThat(other.page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
          .containsText("Enter the code your authenticator app shows");
      code(other).fill("000000");
      other.page.keyboard().press("Enter");
      assertThat(other.page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
          .containsText("wrong or was used");
      code(other).fill(recovery);
      other.page.keyboard().press("Enter");
      assertThat(other.page.locator("#waiting")).isVisible();
    }
  }

  @Test
  void a_passkey_is_made_named_used_and_removed() {
    desk.withPasskeyDevice();
    openAccount("Passkeys");
    Locator section = opened();
    section.getByLabel("Name").fill("Laptop");
    section.getByLabel("Present password").fill(PASSWORD);
    desk.button("Add a passkey").click();
    assertThat(section.locator(".rows li")).containsText("Laptop not used yet");
    desk.button("Rename").click();
    section.locator(".rows").getByLabel("Name").fill("Work laptop");
    section.locator(".rows").getByLabel("Name").press("Enter");
    assertThat(section.locator(".rows li")).containsText("Work laptop");
    assertEquals(List.of(), Axe.violations(desk.page, ".wide-sheet"));
    desk.button("Close").click();

    desk.page.getByLabel("Menu").first().click();
    desk.button("Sign out").click();
    assertThat(desk.page.locator(".sign-in")).isVisible();
    assertEquals(List.of(), Axe.violations(desk.page, ".sign-in"));
    desk.button("Sign in with a passkey").click();
    assertThat(desk.page.locator("#waiting")).isVisible();

    openAccount("Passkeys");
    assertThat(section.locator(".rows li")).containsText("used");
    desk.button("Remove").click();
    section.locator(".rows").getByLabel("Present password").fill(PASSWORD);
    section.locator(".rows").getByLabel("Present password").press("Enter");
    assertThat(section.locator(".rows")).containsText("Removed. 0 sessions");
    desk.button("Close").click();
    desk.page.getByLabel("Menu").first().click();
    desk.button("Sign out").click();
    desk.button("Sign in with a passkey").click();
    assertThat(desk.page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
        .containsText("That passkey was not taken");
  }

  @Test
  void the_other_session_is_ended_from_here() {
    try (var other = browse()) {
      other.open("").signIn(email, PASSWORD);
      assertThat(other.page.locator("#waiting")).isVisible();

      openAccount("Where you are signed in");
      assertThat(opened().locator(".rows")).containsText("this one");
      desk.button("End").click();
      assertThat(desk.button("End")).hasCount(0);

      other.page.reload();
      assertThat(other.page.getByLabel("Password")).isVisible();
    }
  }

  @Test
  void a_wrong_present_password_is_said_at_its_field() {
    openAccount("Password");
    opened().getByLabel("Present password").fill("not this one, no");
    desk.page.getByLabel("New password").fill("quite another sentence");
    desk.button("Change").click();

    var present = opened().getByLabel("Present password");
    assertThat(present).hasAttribute("aria-invalid", "true");
    assertThat(present).isFocused();
    assertThat(desk.page.getByLabel("New password")).hasValue("quite another sentence");
  }

  @Test
  void an_invited_person_comes_in_by_the_link_once() {
    openAccount("Invite others");
    desk.button("Make a link").click();
    String link = desk.page.getByLabel("Send this link; it works once:").inputValue();

    try (var guest = browse()) {
      accept(guest, link, "new" + people + "@blog.example");
      assertThat(guest.page.getByText("Welcome. Sign in to begin.")).isVisible();
      guest.signIn("new" + people + "@blog.example", PASSWORD);
      assertThat(guest.page.locator("#waiting")).isVisible();
    }
    try (var late = browse()) {
      late.page.navigate(link);
      assertThat(late.page.getByText("This invitation leads nowhere")).isVisible();
      assertEquals(-1, late.page.url().indexOf('#'));
    }
  }

  private static void accept(ModeratorDesk guest, String link, String email) {
    guest.page.navigate(link);
    assertThat(guest.page.getByText("Olga invites you as Moderator of Blog.")).isVisible();
    guest.page.getByLabel("E-mail").fill(email);
    guest.page.getByLabel("Name (for a new account)").fill("Nia");
    guest.page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(PASSWORD);
    guest.button("Accept").click();
  }

  @Test
  void a_token_is_shown_once_and_listed() {
    openAccount("Access tokens");
    opened().getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill("nightly");
    desk.button("Make a token").click();

    String token = desk.page.getByLabel("Shown this once:").inputValue();
    assertEquals("afterword_", token.substring(0, 10));
    assertThat(desk.button("Revoke")).hasCount(1);
    desk.button("Close").click();
    openAccount("Access tokens");
    assertThat(desk.page.getByText("nightly")).isVisible();
    assertThat(desk.page.getByLabel("Shown this once:")).hasCount(0);
  }

  @Test
  void mail_when_comments_wait_is_asked_for_and_stays_so() {
    openAccount("Mail");
    assertThat(opened()).containsText("sends no mail");
    var every = opened().getByLabel("Mail me when comments wait");
    assertThat(every).hasValue("");
    every.selectOption("240");
    desk.button("Change").click();
    assertThat(opened()).containsText("Saved");
    desk.button("Close").click();

    openAccount("Mail");
    assertThat(every).hasValue("240");
    assertEquals(List.of(), Axe.violations(desk.page, ".wide-sheet"));
  }

  private static Locator code(ModeratorDesk desk) {
    return desk.page.getByLabel("Code", new Page.GetByLabelOptions().setExact(true));
  }

  @Test
  void nobody_is_shut_out_by_how_the_sheet_is_made() {
    openAccount("Second factor");
    desk.button("Set up").click();
    assertThat(desk.page.locator(".qr")).isVisible();
    for (String section :
        List.of("Password", "Passkeys", "Mail", "Where you are", "Access tokens", "Invite others"))
      desk.page.locator("summary", new Page.LocatorOptions().setHasText(section)).click();

    assertEquals(List.of(), Axe.violations(desk.page, ".wide-sheet"));
    desk.page.setViewportSize(360, 640);
    assertEquals(
        false,
        desk.page.evaluate(
            "() => { const s = document.querySelector('.wide-sheet'); return s.scrollWidth > s.clientWidth; }"));
  }

  private Locator opened() {
    return desk.page.locator("details[open]");
  }

  private void openAccount(String section) {
    desk.page.getByLabel("Menu").first().click();
    desk.button("Account").click();
    desk.page.locator("summary", new Page.LocatorOptions().setHasText(section)).click();
  }
}
