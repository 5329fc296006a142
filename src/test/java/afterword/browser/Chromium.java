package afterword.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real Chromium, the system's own. Close it when done. */
final class Chromium implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");
  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  /** How long a test waits for what it expects to see: as long as a busy machine may need. */
  static final double PATIENCE_MILLIS = 30_000;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path executable, List<String> withoutFlags) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    var environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setHeadless(true)
                    .setIgnoreDefaultArgs(withoutFlags)
                    .setArgs(FLAGS));
  }

  /** Fails, saying what to install, where there is none. {@code CHROMIUM} names one elsewhere. */
  static Chromium start() {
    return start(List.of());
  }

  /** One that keeps pages for back and forward, as browsers do where nobody drives them. */
  static Chromium startKeepingPages() {
    return start(List.of("--disable-back-forward-cache"));
  }

  private static Chromium start(List<String> withoutFlags) {
    return new Chromium(
        executable()
            .orElseThrow(
                () ->
                    new AssertionError(
                        "Chromium is needed: install the package \"chromium\" or set CHROMIUM to its path.")),
        withoutFlags);
  }

  private static Optional<Path> executable() {
    String named = System.getenv("CHROMIUM");
    if (named != null && !named.isBlank()) return Optional.of(Path.of(named));
    return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    playwright.close();
  }
}
