package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the widget looks on pages that did not expect it. Screenshots go to target/screenshots. */
@Tag("browser")
class WidgetLooksIT {
  private static final Path SHOTS = Path.of("target/screenshots");
  private static final String HOSTILE = "* { all: unset; font-size: 3px !important }";

  private static Stage stage;
  private static String key;

  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void open() throws Exception {
    stage = Stage.open();
    key = stage.newPage();
    stage.seed(key, 6, 3);
    stage.post(
        key,
        "A comment with `code`, **bold** words and\n\n> a quote\n\n```\nlet x = 1; // why\n```",
        null);
    stage.post(key, "תגובה בעברית, מימין לשמאל", null);
    stage
        .running()
        .database()
        .run(
            "update comment set pinned = (text = 'Comment 3.0'), badge = case when text = 'Comment 6.0' then 'staff' end"
                + " where site_id = (select id from site where key = 'host')");
  }

  @AfterAll
  static void close() {
    if (stage != null) stage.close();
  }

  @BeforeEach
  void come() {
    context = stage.context();
    page = context.newPage();
    page.setViewportSize(1000, 900);
  }

  @AfterEach
  void leave() {
    context.close();
  }

  /** A page with nothing on it but the widget. */
  private Locator show(String path, String lang, String css, String attributes) {
    stage
        .host()
        .page(
            path,
            "<!doctype html><html lang='%s'><head><title>Looks</title><style>%s</style></head><body><h1>An article</h1><p>Words.</p><afterword-comments page='%s' loading=eager %s></afterword-comments><script async src='%s/embed/v1.js' data-site=host></script></body></html>"
                .formatted(lang, css, key, attributes, stage.service()),
            null);
    page.navigate(stage.host().origin() + path);
    Locator widget = page.locator("afterword-comments");
    assertThat(widget.locator("article").last()).isAttached();
    assertThat(widget.locator(".translating")).hasCount(0);
    return widget;
  }

  private void shoot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")).setFullPage(true));
  }

  private static String style(Locator element, String property) {
    return (String) element.evaluate("(e, p) => getComputedStyle(e)[p]", property);
  }

  private double overflow() {
    return ((Number) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .doubleValue();
  }

  @Test
  void no_rule_of_the_host_reaches_in() {
    Locator widget = show("/plain", "en", "", "");
    List<Object> before = looks(widget);
    shoot("plain");

    widget = show("/hostile", "en", HOSTILE, "");

    assertEquals(before, looks(widget));
    shoot("hostile");
  }

  /** Sizes and styles of what a reader sees. */
  private List<Object> looks(Locator widget) {
    var all = new ArrayList<Object>();
    for (String part :
        List.of(".heading", "article.published .body", ".author", ".menu", "textarea", ".more"))
      for (String property :
          List.of("fontSize", "display", "fontWeight", "minHeight", "paddingLeft", "position"))
        if (widget.locator(part).count() > 0)
          all.add(part + " " + property + " " + style(widget.locator(part).first(), property));
    return all;
  }

  @Test
  void nothing_of_ours_restyles_the_host() {
    String look =
        "() => [...document.querySelectorAll('html, body, h1, p')].map(e => JSON.stringify([...getComputedStyle(e)].map(n => n + getComputedStyle(e)[n]).filter(n => !/height|block-size|origin|perspective/.test(n)))).join()";
    stage
        .host()
        .page(
            "/without",
            "<!doctype html><html lang=en><head><title>Looks</title><style></style></head><body><h1>An article</h1><p>Words.</p></body></html>",
            null);
    page.navigate(stage.host().origin() + "/without");
    Object before = page.evaluate(look);

    show("/with", "en", "", "");

    assertEquals(before, page.evaluate(look));
    assertEquals(
        0,
        page.evaluate(
            "document.adoptedStyleSheets.length + document.querySelectorAll('head link, head style').length - 1"));
  }

  @Test
  void the_host_sets_custom_properties_and_parts() {
    Locator widget =
        show(
            "/custom",
            "en",
            "afterword-comments { --afterword-accent: rgb(122, 59, 46); --afterword-font: Georgia; --afterword-font-size: 20px }"
                + " afterword-comments::part(author) { letter-spacing: 2px }",
            "");

    assertEquals("rgb(122, 59, 46)", style(widget.locator(".post"), "color"));
    assertEquals("Georgia", style(widget.locator(".body").first(), "fontFamily"));
    assertEquals("20px", style(widget.locator(".body").first(), "fontSize"));
    assertEquals("2px", style(widget.locator(".author").first(), "letterSpacing"));
  }

  @Test
  void light_or_dark_is_what_the_page_behind_is_or_what_the_owner_says() {
    Locator section = show("/white", "en", "body { background: #fff }", "").locator("section");
    assertThat(section).hasAttribute("data-theme", "light");
    section = show("/black", "en", "body { background: #111; color: #eee }", "").locator("section");
    assertThat(section).hasAttribute("data-theme", "dark");
    shoot("dark");
    page.evaluate("document.body.style.background = '#fff'");
    assertThat(section).hasAttribute("data-theme", "light");

    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    section = show("/scheme", "en", ":root { color-scheme: light dark }", "").locator("section");
    assertThat(section).hasAttribute("data-theme", "dark");
    section =
        show("/forced-light", "en", ":root { color-scheme: light dark }", "theme=light")
            .locator("section");
    assertThat(section).hasAttribute("data-theme", "light");
    assertEquals("light", style(section, "colorScheme"));
    Locator inherit =
        show("/inherit", "en", "body { background: #fed; color: rgb(90, 0, 60) }", "theme=inherit");
    assertEquals("rgb(90, 0, 60)", style(inherit.locator(".body").first(), "color"));
  }

  @Test
  void it_reads_and_writes_at_320_pixels_and_with_text_twice_as_large() {
    page.setViewportSize(320, 900);
    Locator widget = show("/small", "en", "", "");
    widget.locator("#text").click();
    assertThat(widget.getByRole(AriaRole.BUTTON, named("Post"))).isVisible();
    assertEquals(0, overflow());
    shoot("320");

    page.setViewportSize(640, 900);
    var sizes = JsonParser.parseString("{\"fontSizes\": {\"standard\": 32, \"fixed\": 26}}");
    context.newCDPSession(page).send("Page.setFontSizes", sizes.getAsJsonObject());
    widget = show("/large", "en", "", "");
    widget.locator("#text").click();
    assertThat(widget.getByRole(AriaRole.BUTTON, named("Post"))).isVisible();
    assertEquals("32px", style(widget.locator(".body").first(), "fontSize"));
    assertEquals(0, overflow());
    shoot("200-percent");
  }

  @Test
  void it_runs_from_right_to_left_where_the_language_does_and_each_comment_in_its_own_direction() {
    Locator widget = show("/ar", "ar", "", "dir=rtl");

    assertThat(widget.locator("section")).hasAttribute("dir", "rtl");
    assertThat(widget.getByRole(AriaRole.HEADING).first()).hasText(Pattern.compile(".*تعليق.*"));
    Locator english =
        widget.locator(".body").filter(new Locator.FilterOptions().setHasText("Comment 6.0"));
    assertEquals("ltr", style(english, "direction"));
    double avatar = x(widget.locator(".avatar").first());
    assertTrue(avatar > 500, "the face is on the right: " + avatar);
    shoot("arabic");

    widget = show("/en", "en", "", "");
    Locator hebrew =
        widget.locator(".body").filter(new Locator.FilterOptions().setHasText("תגובה"));
    assertEquals("rtl", style(hebrew, "direction"));
  }

  private static double x(Locator element) {
    return element.boundingBox().x;
  }

  @Test
  void forced_colours_are_obeyed_and_nobody_is_moved_who_would_rather_not() {
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setForcedColors(ForcedColors.ACTIVE)
            .setReducedMotion(ReducedMotion.REDUCE));
    Locator widget = show("/forced", "en", "", "");
    shoot("forced-colours");

    assertEquals(
        style(page.locator("body > p"), "color"), style(widget.locator(".body").first(), "color"));
    assertEquals(List.of(), page.evaluate("document.getAnimations().map(a => a.animationName)"));
    assertEquals("none", style(widget.locator(".avatar").first(), "forcedColorAdjust"));
  }

  @Test
  void faces_are_drawn_here_from_the_name() {
    var images = new ArrayList<String>();
    page.onRequest(
        request -> {
          if (request.resourceType().equals("image")) images.add(request.url());
        });
    Locator widget = show("/faces", "en", "", "");

    assertThat(widget.locator("svg.avatar text").first()).hasText(Pattern.compile("\\S{1,2}"));
    assertThat(widget.locator("img")).hasCount(0);
    assertEquals(List.of(), images.stream().filter(url -> !url.endsWith("favicon.ico")).toList());
  }

  @Test
  void pinned_comments_come_first_and_staff_is_marked() {
    Locator widget = show("/marks", "en", "", "");

    assertThat(widget.locator("article").first()).containsText("Comment 3.0");
    assertThat(widget.locator("article").first().locator(".badge")).hasText("Pinned");
    Locator staff =
        widget.locator("article").filter(new Locator.FilterOptions().setHasText("Comment 6.0"));
    assertThat(staff.locator(".badge")).hasText("Staff");
  }

  /** Every word of ours comes from a table, and there is room for longer ones. */
  @Test
  void in_a_language_that_nobody_speaks_nothing_is_left_in_english_and_nothing_breaks() {
    page.route("**/i18n/de.js", WidgetLooksIT::pseudo);
    page.setViewportSize(320, 900);
    Locator widget = show("/pseudo", "de", "", "");
    widget.locator("#text").click();
    assertThat(widget.locator(".send").first()).isVisible();
    widget.locator(".send").first().click();
    widget.locator(".menu").first().click();
    shoot("pseudo");

    assertEquals(0, overflow());
    @SuppressWarnings("unchecked")
    var english =
        (List<String>)
            widget.evaluate(
                """
                (host) => {
                  const left = [];
                  const theirs = '.body, .author, time, .avatar, .tools button:not(:last-child), .score, .colon';
                  const walker = document.createTreeWalker(host.shadowRoot, NodeFilter.SHOW_TEXT);
                  for (let node; (node = walker.nextNode());) {
                    if (!node.parentElement.closest(theirs) && /[a-z]{3}/i.test(node.data) && !node.data.includes('⟦')) left.push(node.data);
                  }
                  for (const one of host.shadowRoot.querySelectorAll('[aria-label], [placeholder]')) {
                    for (const name of ['aria-label', 'placeholder']) {
                      const said = one.getAttribute(name);
                      if (said && !said.includes('⟦')) left.push(said);
                    }
                  }
                  return left;
                }
                """);
    assertEquals(List.of(), english);
  }

  /** English with odd letters, in brackets, two fifths longer. */
  private static void pseudo(Route route) {
    String module =
        """
        const base = new URL('../', import.meta.url).href;
        const from = new URL(base).pathname.replace(/[0-9a-f]{12}\\/$/, '');
        const tables = await Promise.all(['reading-words', 'writing-words', 'own-words', 'actions-words', 'troubles']
          .map((name) => import(new URL(from + name + '.js', base).href).then((module) => module.default)));
        const odd = (text) => '⟦' + text.replace(/\\{\\w+\\}|[aeiou]/g, (c) => c.length > 1 ? c : { a: 'á', e: 'ë', i: 'ï', o: 'ö', u: 'ü' }[c])
          + ' ' + 'ẋ'.repeat(Math.ceil(text.length * 0.4)) + '⟧';
        const table = {};
        for (const [key, value] of tables.flatMap(Object.entries)) {
          if (key === 'colon' || key === 'moreActions') continue;
          table[key] = typeof value === 'string' ? odd(value) : Object.fromEntries(Object.entries(value).map(([form, text]) => [form, odd(text)]));
        }
        export default table;
        """;
    route.fulfill(
        new Route.FulfillOptions()
            .setHeaders(
                java.util.Map.of(
                    "Access-Control-Allow-Origin", "*", "Content-Type", "text/javascript"))
            .setBody(module));
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
