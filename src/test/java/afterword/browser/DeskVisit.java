package afterword.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One moderator who clears a queue by keys alone: how many presses that takes, and how long after
 * each of them the next card is painted. Measured in the browser, for {@code bin/bench moderate}.
 */
public final class DeskVisit implements AutoCloseable {
  private static final String[] KEYS = {"a", "a", "a", "r", "s", "d", "1", "2", "3"};

  /** A frame has been painted when the first task after its animation callbacks runs. */
  private static final String WATCH =
      """
      () => {
        window.presses = [];
        const current = () => document.querySelector('.card.current')?.dataset.id ?? null;
        addEventListener('keydown', ({ timeStamp }) => {
          const before = current();
          requestAnimationFrame(() => {
            const painted = new MessageChannel();
            painted.port1.onmessage = () =>
              presses.push({ ms: performance.now() - timeStamp, advanced: current() !== before });
            painted.port2.postMessage(null);
          });
        }, { capture: true });
      }
      """;

  private final Chromium chromium = Chromium.start();
  private final ModeratorDesk desk;
  private final List<Double> millis = new ArrayList<>();
  private int keys;
  private int stuck;

  public DeskVisit(int port, String email, String password) {
    var options =
        new Browser.NewContextOptions()
            .setLocale("en")
            .setViewportSize(1280, 900)
            .setReducedMotion(ReducedMotion.NO_PREFERENCE);
    desk = new ModeratorDesk(chromium.browser(), port, options).open("").signIn(email, password);
    desk.current().waitFor();
    desk.page.evaluate(WATCH);
  }

  /** Each card as soon as the one before has left, until there is none. */
  public DeskVisit clear(Random random) {
    while (desk.current().count() > 0) {
      desk.press(KEYS[random.nextInt(KEYS.length)]);
      keys++;
      desk.page.waitForFunction(
          "n => presses.length >= n",
          keys,
          new Page.WaitForFunctionOptions().setPollingInterval(2));
    }
    for (Object press : (List<?>) desk.page.evaluate("presses.map(({ ms }) => ms)"))
      millis.add(((Number) press).doubleValue());
    stuck = ((Number) desk.page.evaluate("presses.filter((p) => !p.advanced).length")).intValue();
    Collections.sort(millis);
    return this;
  }

  public int keys() {
    return keys;
  }

  /** Presses after which the same card was still there. */
  public int stuck() {
    return stuck;
  }

  /**
   * @param share 0.95 for the time within which 95 of 100 next cards are painted
   */
  public double nextCardMillis(double share) {
    return millis.get((int) Math.ceil(share * millis.size()) - 1);
  }

  @Override
  public void close() {
    desk.close();
    chromium.close();
  }
}
