package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
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

/** Hosts that forbid what they can, hosts that get in the way, and people who use no mouse. */
@Tag("browser")
class WidgetHostsIT {
  private static Stage stage;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

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
    context = stage.context();
    page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")
              && !message.text().contains("favicon")) complaints.add(message.text());
        });
  }

  @AfterEach
  void leave() {
    assertEquals(List.of(), complaints);
    context.close();
  }

  private Locator show(String path, String body, String policy) {
    stage
        .host()
        .page(
            path,
            "<!doctype html><html lang=en><head><title>Host</title></head><body>"
                + body
                + "</body></html>",
            policy);
    page.navigate(stage.host().origin() + path);
    Locator widget = page.locator("afterword-comments");
    widget.scrollIntoViewIfNeeded();
    assertThat(widget.getByRole(AriaRole.HEADING).first()).isVisible();
    return widget;
  }

  private String tag(String more) {
    return "<script async src='"
        + stage.service()
        + "/embed/v1.js' data-site=host "
        + more
        + "></script>";
  }

  @Test
  void nothing_but_our_script_and_our_answers_is_needed() {
    String key = stage.newPage();
    stage.seed(key, 3, 2);
    stage.post(key, "```\nlet x = 1;\n```", null);
    String policy =
        "default-src 'none'; script-src SERVICE; connect-src SERVICE; require-trusted-types-for 'script'; trusted-types afterword"
            .replace("SERVICE", stage.service());

    Locator widget = show("/strict", tag("data-page='" + key + "' data-lang=de"), policy);

    assertThat(widget.getByRole(AriaRole.HEADING).first()).hasText("10 Kommentare");
    assertThat(widget.locator(".code-word")).hasText("let");
    assertEquals(
        "44px", widget.locator(".menu").first().evaluate("e => getComputedStyle(e).minHeight"));
    widget.locator("#text").fill("Ganz *streng*");
    widget.locator("input[name=name]").fill("Ada");
    widget.getByRole(AriaRole.BUTTON, exactly("Fett")).click();
    widget.getByRole(AriaRole.BUTTON, exactly("Vorschau")).click();
    assertThat(widget.locator(".preview em")).hasText("streng");
    widget.getByRole(AriaRole.BUTTON, exactly("Vorschau")).click();
    widget.getByRole(AriaRole.BUTTON, exactly("Senden")).click();
    assertThat(widget.locator("article.published").filter(holding("Ganz"))).isVisible();
  }

  @Test
  void names_that_hide_the_documents_own_change_nothing() {
    String clobbered =
        "<img name=currentScript><img name=querySelector><img name=createElement><img name=body><form id=location></form>"
            + "<img name=adoptedStyleSheets><img name=documentElement><img name=createElementNS><img name=querySelectorAll>"
            + "<form name=head><input name=append></form><img name=readyState><img name=hidden><img name=getElementById>";
    String key = stage.newPage();
    stage.seed(key, 2, 1);

    Locator widget = show("/clobbered", clobbered + tag("data-page='" + key + "'"), null);

    assertThat(widget.locator("article.published")).hasCount(4);
    widget.locator("#text").fill("Not clobbered");
    widget.locator("input[name=name]").fill("Ada");
    widget.getByRole(AriaRole.BUTTON, exactly("Post")).click();
    assertThat(widget.locator("article.published").filter(holding("Not clobbered"))).isVisible();
  }

  @Test
  void messages_from_foreign_frames_are_not_even_heard() {
    String key = stage.newPage();
    stage.seed(key, 1, 0);
    context.addInitScript(
        "window.heard = []; const add = EventTarget.prototype.addEventListener;"
            + "EventTarget.prototype.addEventListener = function (name, ...rest) {"
            + " if (name === 'message' && !(this instanceof EventSource)) heard.push(String(this)); return add.call(this, name, ...rest) }");
    Locator widget =
        show(
            "/frames",
            tag("data-page='" + key + "'")
                + "<iframe srcdoc=\"<script>parent.postMessage({afterword: 'reload', count: 99}, '*')</script>\"></iframe>",
            null);

    assertThat(widget.locator("article")).hasCount(1);
    assertEquals(List.of(), page.evaluate("heard"));
    assertThat(widget.getByRole(AriaRole.HEADING).first()).hasText("1 Comment");
  }

  @Test
  void debug_says_why_nothing_shows() {
    stage
        .host()
        .page(
            "/debug",
            "<!doctype html><html lang=en><title>Debug</title><body>"
                + tag("data-debug data-loading=manual")
                + "</body></html>",
            null);
    page.navigate(stage.host().origin() + "/debug");
    Locator panel = page.locator("[data-afterword-debug]");
    assertThat(panel).containsText("manual: nothing shows until the page calls");
    assertThat(panel).containsText(stage.host().origin() + " may post");

    stage
        .host()
        .page(
            "/debug-site",
            "<!doctype html><html lang=en><title>Debug</title><body>"
                + tag("data-debug data-loading=manual")
                    .replace("data-site=host", "data-site=nobody")
                + "</body></html>",
            null);
    page.navigate(stage.host().origin() + "/debug-site");
    assertThat(panel).containsText("the service does not know a site \"nobody\"");

    stage
        .host()
        .page(
            "/debug-origin",
            "<!doctype html><html lang=en><title>Debug</title><link rel=canonical href='/elsewhere'><body>"
                + tag("data-debug data-loading=manual").replace("data-site=host", "data-site=blog")
                + "</body></html>",
            null);
    page.navigate(stage.host().origin() + "/debug-origin");
    assertThat(panel).containsText("is not one of the site's origins: nobody can post here");
    assertThat(panel).containsText("rel=canonical says \"elsewhere\"");
  }

  @Test
  void a_keyboard_is_enough_to_read_write_answer_and_take_back() {
    String key = stage.newPage();
    stage.post(key, "First words", null);
    Locator widget = show("/keys", "<a href='#'>Before</a>" + tag("data-page='" + key + "'"), null);
    page.locator("a").first().focus();
    page.keyboard().press("Tab");
    page.keyboard().type("By keys alone");
    assertThat(widget.locator("input[name=name]")).isVisible();
    tabTo("input[name=name]");
    page.keyboard().type("Ada");
    tabTo(".send");
    page.keyboard().press("Enter");
    Locator mine = widget.locator("article.published").filter(holding("By keys alone"));
    assertThat(mine).isFocused();

    tabTo(".menu");
    page.keyboard().press("Enter");
    assertThat(focused()).hasText("Edit (15 minutes left)");
    page.keyboard().press("Escape");
    assertThat(focused()).hasAttribute("aria-expanded", "false");
    tabTo("article .votes button");
    page.keyboard().press("Shift+Tab");
    assertThat(focused()).hasAccessibleName("Reply to Ada");
    page.keyboard().press("Enter");
    assertThat(widget.locator("article textarea")).isFocused();
    page.keyboard().type("An answer");
    page.keyboard().press("Escape");
    assertThat(focused()).hasAccessibleName("Reply to Ada");
    page.keyboard().press("Enter");
    assertThat(widget.locator("article textarea")).isFocused();
    page.keyboard().press("Control+Enter");
    assertThat(widget.locator("article .error").filter(holding("Please fill this in.")).first())
        .isVisible();
  }

  /** Presses Tab until the focus is on what the selector names. */
  private void tabTo(String selector) {
    for (int n = 0; n < 40; n++) {
      page.keyboard().press("Tab");
      if ((boolean)
          page.evaluate(
              "s => !!document.querySelector('afterword-comments').shadowRoot.activeElement?.matches(s)",
              selector)) return;
    }
    throw new AssertionError("Tab never came to " + selector);
  }

  private Locator focused() {
    return page.locator("afterword-comments").locator(":focus");
  }

  @Test
  void those_who_listen_hear_a_section_with_lists_of_articles() {
    String key = stage.newPage();
    stage.post(key, "First words", null);
    String parent = stage.post(key, "Second words", null).getJsonObject("comment").getString("id");
    stage.post(key, "An answer", parent);

    Locator widget =
        show(
            "/tree",
            "<h1>Article</h1>" + tag("data-page='" + key + "' data-heading-level=2"),
            null);

    assertThat(widget)
        .matchesAriaSnapshot(
            """
            - region "3 Comments":
              - heading "3 Comments" [level=2]
              - combobox "Sort by"
              - textbox "Post a Comment"
              - list:
                - listitem:
                  - article:
                    - heading "Ada" [level=3]
                    - link /.*/:
                      - time
                    - paragraph: Second words
                    - button "Reply to Ada"
                    - button "Agree with Ada"
                    - button "Disagree with Ada"
                    - button "More about the comment by Ada"
                    - button "Hide 1 reply" [expanded]
                  - list:
                    - listitem:
                      - article:
                        - heading "Ada" [level=4]
                        - paragraph: An answer
                - listitem:
                  - article:
                    - heading "Ada" [level=3]
                    - paragraph: First words
              - status
            """);
    assertThat(widget.locator("[role=status]")).hasCount(1);
    assertThat(widget.locator("[role=feed], [role=tree]")).hasCount(0);
  }

  @Test
  void everything_that_can_be_pressed_is_44_pixels_and_axe_finds_nothing() {
    String key = stage.newPage();
    stage.seed(key, 3, 3);
    Locator widget = show("/targets", "<h1>Article</h1>" + tag("data-page='" + key + "'"), null);
    widget.locator("#text").click();
    assertThat(widget.locator(".send")).isVisible();
    widget.locator(".menu").first().click();
    assertThat(widget.locator(".row")).isVisible();

    assertEquals(
        List.of(),
        widget.evaluate(
            "h => [...h.shadowRoot.querySelectorAll('button, select, textarea, label.remember')].filter(e => e.checkVisibility())"
                + ".filter(e => { const r = e.getBoundingClientRect(); return r.height < 44 || r.width < 44 }).map(e => e.outerHTML)"));
    assertEquals(List.of(), Axe.violations(page, "afterword-comments"));
  }

  private static Locator.FilterOptions holding(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Locator.GetByRoleOptions exactly(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
