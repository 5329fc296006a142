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

  /** Nobody reads a comment in less; long enough for every card that leaves to be gone. */
  private static final int READING_MILLIS = 700;

  private final Chromium chromium = Chromium.start();
  private final ModeratorDesk desk;
  private final List<Double> afterReading = new ArrayList<>();
  private final List<Double> atOnce = new ArrayList<>();
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

  /**
   * Until there is no card any more: the first ones after having read them, and then each as soon
   * as the one before has left.
   */
  public DeskVisit clear(int read, Random random) {
    while (desk.current().count() > 0) {
      if (keys < read) desk.page.waitForTimeout(READING_MILLIS);
      desk.press(KEYS[random.nextInt(KEYS.length)]);
      keys++;
      desk.page.waitForFunction(
          "n => presses.length >= n",
          keys,
          new Page.WaitForFunctionOptions().setPollingInterval(2));
    }
    List<Double> all = new ArrayList<>();
    for (Object press : (List<?>) desk.page.evaluate("presses.map(({ ms }) => ms)"))
      all.add(((Number) press).doubleValue());
    afterReading.addAll(all.subList(0, read));
    atOnce.addAll(all.subList(read, all.size()));
    Collections.sort(afterReading);
    Collections.sort(atOnce);
    stuck = ((Number) desk.page.evaluate("presses.filter((p) => !p.advanced).length")).intValue();
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
   * The slower of the two paces.
   *
   * @param share 0.95 for the time within which 95 of 100 next cards are painted
   */
  public double nextCardMillis(double share) {
    return Math.max(of(afterReading, share), of(atOnce, share));
  }

  private static double of(List<Double> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  @Override
  public void close() {
    desk.close();
    chromium.close();
  }
}
