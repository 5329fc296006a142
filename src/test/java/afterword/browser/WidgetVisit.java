package afterword.browser;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What one visit costs: which files of ours a reader's browser fetches and how much they weigh,
 * what else it does meanwhile. Measured in the browser, for the test of the budget and for {@code
 * bin/bench widget}.
 */
public final class WidgetVisit implements AutoCloseable {
  /**
   * Set up before the host's own script: what the browser reports about the page. A report comes
   * some time after what it is about, so each is asked when that was.
   */
  private static final String WATCH =
      """
      window.watched = { since: 0, shift: 0, tasks: [], inputs: [], why: [] };
      addEventListener('afterword:ready', () => { watched.ready ??= performance.now() });
      const name = (node) => node && (node.id || node.className || node.nodeName);
      const watch = (type, hear, more) => new PerformanceObserver((list) =>
        list.getEntries().filter((e) => e.startTime >= watched.since).forEach(hear)).observe({ type, ...more });
      watch('layout-shift', (e) => {
        watched.shift += e.value;
        watched.why.push(`shift ${e.value}: ${e.sources.map((s) => `${name(s.node)} ${s.previousRect.y} > ${s.currentRect.y}`)}`);
      }, { buffered: true });
      watch('longtask', (e) => watched.tasks.push(e.duration), { buffered: true });
      watch('long-animation-frame', (e) => watched.why.push(
        `frame of ${Math.round(e.duration)} ms, blocked ${Math.round(e.blockingDuration)}, layout ${Math.round(e.startTime + e.duration - e.styleAndLayoutStart)}: `
          + e.scripts.map((s) => `${s.invoker} ${Math.round(s.duration)}`)), { buffered: true });
      watch('event', (e) => e.interactionId && watched.inputs.push(e.duration), { durationThreshold: 16 });
      """;

  /** What reading and writing a comment takes; everything else is fetched when it is needed. */
  private static final Pattern ALWAYS = Pattern.compile("v1\\.js|v1/[^/]+/(reading|writing)\\.js");

  private final Stage stage;
  private final BrowserContext context;
  private final Page page;
  private final String key;
  private final Set<String> fetched = new LinkedHashSet<>();
  private final List<String> strangers = new ArrayList<>();
  private Locator widget;

  private WidgetVisit(Stage stage, int roots, int repliesEach) {
    this.stage = stage;
    key = stage.newPage();
    if (roots > 0) stage.seed(key, roots, repliesEach);
    context = stage.context();
    context.addInitScript(WATCH);
    page = context.newPage();
    page.onRequest(request -> noted(request.url()));
  }

  /** A reader opens a page with so many comments on it, as far as its load event. */
  public static WidgetVisit of(Stage stage, int roots, int repliesEach, int slowdown) {
    var visit = new WidgetVisit(stage, roots, repliesEach);
    if (slowdown > 1) {
      visit
          .context
          .newCDPSession(visit.page)
          .send("Emulation.setCPUThrottlingRate", json("rate", slowdown));
    }
    visit.page.navigate(stage.host().origin() + "/" + visit.key);
    visit.page.waitForLoadState();
    visit.widget = visit.page.locator("afterword-comments");
    return visit;
  }

  private void noted(String url) {
    if (url.startsWith(stage.service() + "/embed/"))
      fetched.add(URI.create(url).getPath().substring("/embed/".length()));
    else if (!url.startsWith(stage.service()) && !url.startsWith(stage.host().origin()))
      strangers.add(url);
  }

  /**
   * Reads the article as far as the comments, which load meanwhile, and goes on to them; waits
   * until nothing more is fetched. What the host's own page costs is over before, where lines may
   * move as the parser comes to what follows them; the comments are far below the screen then. So
   * is what drives the browser, which puts its scripts into the page, a long task of its own.
   */
  public WidgetVisit read() {
    page.waitForFunction("() => true");
    page.evaluate(
        """
        async () => {
          await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
          await new Promise((idle) => requestIdleCallback(() => setTimeout(idle, 300)));
        }
        """);
    page.evaluate(
        """
        () => new Promise((done) => {
          watched.since = performance.now();
          watched.shift = watched.tasks.length = watched.why.length = 0;
          const host = document.querySelector('afterword-comments');
          const step = () => {
            if (watched.ready) return setTimeout(() => done(host.scrollIntoView()), 500);
            if (host.getBoundingClientRect().top > innerHeight + 300) scrollBy(0, 200);
            setTimeout(step, 50);
          };
          step();
        })
        """);
    page.waitForFunction(
        """
        () => {
          const fetched = performance.getEntriesByType('resource').length;
          const before = watched.fetched;
          watched.fetched = { fetched, at: before?.fetched === fetched ? before.at : performance.now() };
          return performance.now() - watched.fetched.at > 700;
        }
        """);
    return this;
  }

  /**
   * Asks for more until all comments of the thread are drawn; by a script in the page, because what
   * drives the browser has long tasks of its own.
   */
  public WidgetVisit readAll(int comments) {
    page.evaluate(
        """
        (comments) => new Promise((done) => {
          const { shadowRoot } = document.querySelector('afterword-comments');
          const step = () => {
            if (shadowRoot.querySelectorAll('article').length >= comments) return done();
            shadowRoot.querySelector('.roots ~ div .more:not(:disabled)')?.click();
            setTimeout(step, 100);
          };
          step();
        })
        """,
        comments);
    return this;
  }

  /** Writes with the toolbar, posts, and waits until the comment stands. */
  public WidgetVisit write(String words) {
    Locator box = widget.locator("#text");
    box.click();
    widget.getByRole(AriaRole.BUTTON, exactly("Bold")).click();
    box.pressSequentially(words);
    widget.getByRole(AriaRole.TEXTBOX, named("Name")).fill("Ada");
    widget.getByRole(AriaRole.BUTTON, exactly("Post")).click();
    widget
        .locator("article.published")
        .filter(new Locator.FilterOptions().setHasText(words))
        .waitFor();
    return this;
  }

  /** Folds and unfolds replies: what a reader does with a finger. */
  public WidgetVisit fold(int times) {
    Locator fold = widget.locator(".roots > li > article .fold");
    for (int n = 0; n < times; n++) fold.nth(n).click();
    return this;
  }

  /**
   * Weight of the packed script files fetched so far, as brotli sends them, without what is only
   * there on demand.
   */
  public int bytes() {
    return fetched.stream()
        .filter(name -> ALWAYS.matcher(name).matches())
        .mapToInt(WidgetVisit::compressed)
        .sum();
  }

  /** Weight of what was fetched so far because something was needed besides: "live 812". */
  public Map<String, Integer> onDemand() {
    var nameToBytes = new TreeMap<String, Integer>();
    for (String name : fetched)
      if (!ALWAYS.matcher(name).matches())
        nameToBytes.put(name.replaceFirst("v1/[^/]+/", ""), compressed(name));
    return nameToBytes;
  }

  /** Of the one tag's own file. */
  public static int loaderBytes() {
    return compressed("v1.js");
  }

  private static int compressed(String name) {
    try (InputStream in = WidgetVisit.class.getResourceAsStream("/web/widget/" + name)) {
      if (in == null) throw new AssertionError("not packed: " + name);
      Brotli4jLoader.ensureAvailability();
      return Encoder.compress(in.readAllBytes(), new Encoder.Parameters().setQuality(11)).length;
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  public List<String> strangers() {
    return strangers;
  }

  /**
   * Requests to the service that began before the first comments were drawn, and in how many steps:
   * one that began after another had ended came a step later.
   */
  @SuppressWarnings("unchecked")
  public Cost costOfFirstComment() {
    var steps =
        (List<Number>)
            page.evaluate(
                """
                (service) => {
                  const ours = performance.getEntriesByType('resource')
                    .filter(({ name, startTime }) => name.startsWith(service) && startTime <= watched.ready)
                    .filter(({ name }) => /\\/embed\\/|\\/thread\\?/.test(name))
                    .sort((a, b) => a.startTime - b.startTime);
                  const steps = [];
                  ours.forEach((one, i) => {
                    const before = ours.slice(0, i).map((q, j) => q.responseEnd <= one.startTime ? steps[j] : 0);
                    steps.push(1 + Math.max(0, ...before));
                  });
                  return steps;
                }
                """,
                stage.service());
    return new Cost(steps.size(), steps.stream().mapToInt(Number::intValue).max().orElse(0));
  }

  public record Cost(int requests, int steps) {}

  /** Everything that a page can keep for later. */
  public int stored() {
    int kept =
        ((Number)
                page.evaluate(
                    """
                    async () => localStorage.length + sessionStorage.length + document.cookie.length
                      + (await indexedDB.databases()).length
                      + (globalThis.caches ? (await caches.keys()).length : 0)
                    """))
            .intValue();
    return kept + context.cookies().size();
  }

  public double layoutShift() {
    return number("watched.shift");
  }

  /** What the browser says about shifts and slow frames. */
  @SuppressWarnings("unchecked")
  public List<String> why() {
    return (List<String>) page.evaluate("watched.why");
  }

  public int longTasks() {
    return (int) number("watched.tasks.length");
  }

  public double longestTask() {
    return number("Math.max(0, ...watched.tasks)");
  }

  /** The slowest of the reader's interactions so far, in milliseconds until the next paint. */
  public double slowestInput() {
    return number("Math.max(0, ...watched.inputs)");
  }

  private double number(String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }

  /** What axe finds wrong inside the widget. */
  public List<String> axe() {
    return Axe.violations(page, "afterword-comments");
  }

  Page page() {
    return page;
  }

  Locator widget() {
    return widget;
  }

  @Override
  public void close() {
    context.close();
  }

  private static com.google.gson.JsonObject json(String name, int value) {
    var object = new com.google.gson.JsonObject();
    object.addProperty(name, value);
    return object;
  }

  private static Locator.GetByRoleOptions exactly(String name) {
    return named(name).setExact(true);
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
