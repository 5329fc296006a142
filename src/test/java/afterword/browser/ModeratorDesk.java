package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One person's browser with the admin page open: what is seen and done there, in their words. */
final class ModeratorDesk implements AutoCloseable {
  /** Each comes from elsewhere, or sign-ins would soon be too many from one address. */
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private final String origin;
  private final BrowserContext context;
  final Page page;

  /** What the browser complained about: errors, and whatever the policy stopped. */
  final List<String> complaints = new ArrayList<>();

  ModeratorDesk(Browser browser, int port, Browser.NewContextOptions options) {
    origin = "http://localhost:" + port;
    String address = "198.51.100." + ADDRESSES.incrementAndGet() % 250;
    if (options.reducedMotion == null) options.setReducedMotion(ReducedMotion.REDUCE);
    context = browser.newContext(options.setExtraHTTPHeaders(Map.of("X-Forwarded-For", address)));
    context.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
    page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")
              || message.text().contains("Trusted")) {
            complaints.add(message.text());
          }
        });
    page.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
  }

  ModeratorDesk open(String search) {
    page.navigate(origin + "/admin" + search);
    return this;
  }

  ModeratorDesk signIn(String email, String password) {
    page.getByLabel("E-mail").fill(email);
    page.getByLabel("Password").fill(password);
    page.keyboard().press("Enter");
    return this;
  }

  /**
   * As somebody who has signed in before.
   *
   * @param cookie as the service set it
   */
  ModeratorDesk signedIn(String cookie) {
    String[] pair = cookie.split(";")[0].split("=", 2);
    context.addCookies(List.of(new Cookie(pair[0], pair[1]).setUrl(origin)));
    return this;
  }

  /** For one key after the other; answers itself, to say what is seen then. */
  ModeratorDesk press(String... keys) {
    for (String key : keys) page.keyboard().press(key);
    return this;
  }

  /**
   * Presses a digit until the card with that text is gone: it says nothing until it is known what
   * it says on the site.
   */
  ModeratorDesk pressUntilGone(String digit, String text) {
    page.waitForCondition(
        () -> {
          if (current().innerText().contains(text)) press(digit);
          return !current().innerText().contains(text);
        });
    return this;
  }

  /** A device that keeps passkeys and recognises whoever is there. */
  ModeratorDesk withPasskeyDevice() {
    var devtools = context.newCDPSession(page);
    devtools.send("WebAuthn.enable");
    var device = new JsonObject();
    device.addProperty("protocol", "ctap2");
    device.addProperty("transport", "internal");
    for (String able : new String[] {"hasResidentKey", "hasUserVerification", "isUserVerified"})
      device.addProperty(able, true);
    device.addProperty("automaticPresenceSimulation", true);
    var arguments = new JsonObject();
    arguments.add("options", device);
    devtools.send("WebAuthn.addVirtualAuthenticator", arguments);
    return this;
  }

  /** A finger across the card: 1 to the right, -1 to the left. */
  ModeratorDesk swipe(int direction) {
    var devtools = context.newCDPSession(page);
    for (int step = 0; step <= 8; step++)
      touch(devtools, step == 0 ? "touchStart" : "touchMove", 180 + direction * step * 16);
    touch(devtools, "touchEnd", -1);
    devtools.detach();
    return this;
  }

  private static void touch(CDPSession devtools, String type, int x) {
    var points = new JsonArray();
    if (x >= 0) {
      var point = new JsonObject();
      point.addProperty("x", x);
      point.addProperty("y", 180);
      points.add(point);
    }
    var arguments = new JsonObject();
    arguments.addProperty("type", type);
    arguments.add("touchPoints", points);
    devtools.send("Input.dispatchTouchEvent", arguments);
  }

  Locator current() {
    return page.locator(".card.current");
  }

  Locator cards() {
    return page.locator(".card:not(.ghost)");
  }

  /** By what its comment says, not by what it quotes. */
  Locator card(String text) {
    Locator said = page.locator(".text", new Page.LocatorOptions().setHasText(text));
    return cards().filter(new Locator.FilterOptions().setHas(said));
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  void shows(String text) {
    assertThat(current()).containsText(text);
  }

  void waiting(int n) {
    assertThat(page.locator("#waiting")).hasText(n + " waiting");
  }

  void says(String text) {
    assertThat(page.locator("[data-announcer]")).containsText(text);
  }

  @Override
  public void close() {
    context.close();
  }
}
