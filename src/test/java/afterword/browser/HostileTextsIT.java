package afterword.browser;

import static afterword.journeys.RunningService.await;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.journeys.RunningService;
import afterword.markup.Corpus;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every entry of the corpora through the widget's own box, as text, name, web address and title of
 * the page: on a strict page, where an attempt would be reported, and read again on one without a
 * policy, where it would succeed.
 */
@Tag("browser")
class HostileTextsIT {
  private static final SiteSettings OPEN =
      new SiteSettings(
          Mode.OPEN, 1, 1_000, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);

  /** In the page: one discussion of its own per entry, and what its widget holds then. */
  private static final String DRIVER =
      """
      () => {
        const element = document.querySelector('afterword-comments');
        const late = (what, no) => setTimeout(() => no(new Error('waited 30 s for ' + what)), 30_000);
        const told = (...names) => new Promise((done, no) => {
          const stop = new AbortController();
          const timer = late(names, no);
          stop.signal.addEventListener('abort', () => clearTimeout(timer));
          for (const name of names) {
            element.addEventListener('afterword:' + name, () => { stop.abort(); done(name); }, stop);
          }
        });
        const until = async (condition) => {
          const end = Date.now() + 30_000;
          while (!condition()) {
            if (Date.now() > end) throw new Error('waited 30 s until ' + condition);
            await new Promise((next) => setTimeout(next, 5));
          }
          return condition();
        };
        const type = (input, text) => {
          input.value = text;
          input.dispatchEvent(new Event('input', { bubbles: true }));
        };
        const find = (selector) => element.shadowRoot.querySelector(selector);

        /** Ours, not the comment's: a piece of code in its colour, with nothing but text inside. */
        const isColour = (each) =>
          each.localName === 'span' && each.parentElement.matches('pre > code') && !each.firstElementChild &&
          [...each.attributes].every(({ name, value }) => /^(class|part)$/.test(name) && /^code-[a-z]+$/.test(value));

        /** What must not be there, each as a word. */
        const wrong = () => {
          const found = [];
          for (const each of element.shadowRoot.querySelectorAll('*')) {
            const name = each.localName;
            if (isColour(each)) continue;
            if (/^(script|iframe|object|embed|img|video|audio|base|meta|link|style|math)$/.test(name)) found.push(name);
            const inBody = each.parentElement?.closest('.body');
            if (inBody && !/^(p|b|i|em|strong|a|code|pre|blockquote|ul|ol|li|br|del|hr)$/.test(name)) found.push(name);
            for (const { name: attribute, value } of each.attributes) {
              if (/^on|^srcdoc$|^action$|^formaction$/.test(attribute)) found.push(attribute);
              if (inBody && !/^(href|rel|start|class)$/.test(attribute)) found.push(name + ' ' + attribute);
              if (/^(href|src)$/.test(attribute) && !/^(https?:|mailto:|#comment-)/.test(value)) found.push(value);
            }
          }
          return found;
        };

        const open = async (key, title) => {
          const ready = told('ready');
          element.setAttribute('data-title', title);
          element.setAttribute('data-page', key);
          await ready;
        };

        /** Asks for everything at once; where a field is refused, again without it. */
        window.write = async (key, text) => {
          await open(key, text);
          find('#text').focus();
          await until(() => find('#text-url'));
          type(find('#text'), text + '\\n\\n' + key);
          type(find('#text-name'), text);
          type(find('#text-url'), text);
          for (let attempt = 0; attempt < 3; attempt++) {
            let answer;
            told('posted', 'held', 'error').then((name) => (answer = name), () => {});
            find('.send').click();
            const result = await until(() => answer ?? (find('[aria-invalid]') && 'error'));
            if (result !== 'error') return { found: wrong(), text: find('article .body').textContent };
            await until(() => find('[aria-invalid]') || find('form .alert').textContent);
            const refused = [...element.shadowRoot.querySelectorAll('[aria-invalid]')];
            if (refused.includes(find('#text'))) return { found: wrong(), refused: true };
            if (refused.includes(find('#text-name'))) type(find('#text-name'), 'Ada');
            if (refused.includes(find('#text-url'))) type(find('#text-url'), '');
            if (!refused.length) return { found: wrong(), refused: find('form .alert').textContent };
            for (const field of refused) field.removeAttribute('aria-invalid');
          }
          return { found: ['never taken'] };
        };

        window.read = async (key) => {
          await open(key, '');
          return { found: wrong(), comments: element.shadowRoot.querySelectorAll('article .body').length };
        };
      }
      """;

  private static RunningService running;
  private static Chromium chromium;
  private static HostPage host;

  @BeforeAll
  static void start() throws Exception {
    running = new RunningService(OPEN);
    host = new HostPage();
    await(running.service().sites().add("host", "Host", List.of(host.origin()), OPEN));
    host.serve("http://localhost:" + running.service().httpPort(), "host");
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) chromium.close();
    if (host != null) host.close();
    if (running != null) running.close();
  }

  @Test
  void nothing_that_readers_type_does_anything() {
    List<String> texts =
        Stream.concat(
                Corpus.markdownXss().stream(),
                Corpus.unicodeNaughty().stream().map(Corpus.Entry::text))
            .toList();
    var alarms = new ArrayList<String>();
    List<Integer> taken;

    try (BrowserContext strict = chromium.browser().newContext()) {
      Page page = open(strict, alarms);
      taken =
          IntStream.range(0, texts.size())
              .filter(i -> isTaken(page, "h" + i, texts.get(i)))
              .boxed()
              .toList();
      assertEquals(List.of(), alarms);
    }
    try (BrowserContext unguarded =
        chromium.browser().newContext(new Browser.NewContextOptions().setBypassCSP(true))) {
      Page page = open(unguarded, alarms);
      for (int i : taken) {
        Map<?, ?> seen = (Map<?, ?>) page.evaluate("key => read(key)", "h" + i);
        assertEquals(List.of(), seen.get("found"), texts.get(i));
        assertEquals(1, seen.get("comments"), texts.get(i));
      }
      assertEquals(List.of(), alarms);
    }

    assertEquals(193, texts.size());
    assertTrue(taken.size() > 180, "only " + taken.size() + " of " + texts.size() + " were taken");
    assertEquals(
        Integer.toString(taken.size()), running.database().ask("select count(*) from comment"));
    String names =
        running.database().ask("select count(*) from comment where author_name <> 'Ada'");
    assertTrue(Integer.parseInt(names) > 100, names + " names were taken as they were typed");
    System.out.println(
        texts.size() + " texts, names, addresses and titles typed into the widget in Chromium");
  }

  private static boolean isTaken(Page page, String key, String text) {
    Map<?, ?> answer =
        (Map<?, ?>) page.evaluate("([key, text]) => write(key, text)", List.of(key, text));
    assertEquals(List.of(), answer.get("found"), text);
    return answer.get("refused") == null;
  }

  private static Page open(BrowserContext context, List<String> alarms) {
    context.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
    Page page = context.newPage();
    page.onDialog(
        dialog -> {
          alarms.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onPageError(alarms::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) alarms.add(message.text());
        });
    page.onRequest(
        request -> {
          if (!request.url().matches("http://(localhost|127\\.0\\.0\\.1):\\d+/.*|data:.*"))
            alarms.add("asked for " + request.url());
        });
    page.navigate(host.origin() + "/2026/03/hostile.html");
    page.locator("afterword-comments").scrollIntoViewIfNeeded();
    assertThat(page.locator("afterword-comments")).containsText("0 Comments");
    page.evaluate(DRIVER);
    return page;
  }
}
