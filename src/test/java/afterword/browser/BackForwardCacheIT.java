package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reader leaves the page and comes back to it, as the browser kept it. */
@Tag("browser")
class BackForwardCacheIT {
  @Test
  void a_kept_page_comes_alive_again_with_one_new_stream_and_what_was_written_meanwhile()
      throws Exception {
    try (Stage stage = Stage.open();
        Chromium keeping = Chromium.startKeepingPages();
        var context = keeping.browser().newContext()) {
      String key = stage.newPage();
      stage.seed(key, 1, 0);
      var streams = new AtomicInteger();
      Page page = context.newPage();
      page.onRequest(
          request -> {
            if (request.url().contains("/live?")) streams.incrementAndGet();
          });
      var open = new AtomicInteger();
      page.onResponse(
          answer -> {
            if (answer.url().contains("/live?")) open.incrementAndGet();
          });
      Locator widget = stage.visit(page, key);
      assertThat(widget.locator("article.published")).hasCount(1);
      page.waitForCondition(() -> streams.get() == 1 && open.get() == 1);
      page.evaluate("addEventListener('pageshow', (event) => { window.kept = event.persisted })");

      page.navigate(stage.host().origin() + "/" + stage.newPage());
      stage.post(key, "Written meanwhile", null);
      page.evaluate("history.back()");

      page.waitForFunction("() => window.kept === true");
      Locator news =
          widget.getByRole(
              AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("1 new comment · Show"));
      assertThat(news).isVisible();
      assertEquals(2, streams.get());
      news.click();
      assertThat(widget.locator("article.published")).hasCount(2);
      page.waitForCondition(() -> open.get() == 2);
      stage.post(key, "Told by the new stream", null);
      assertThat(news).isVisible();
      assertEquals(2, streams.get());
    }
  }
}
