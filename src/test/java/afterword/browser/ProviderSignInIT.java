package afterword.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.LocalProvider;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The way to an identity provider and back, in Chromium on the real service. */
@Tag("browser")
class ProviderSignInIT {
  @Test
  void the_button_leads_there_and_back_to_the_queue_or_to_the_reason() {
    try (var provider = new LocalProvider();
        var running =
            new RunningService(
                SiteSettings.DEFAULTS,
                "--oidc-issuer=" + provider.issuer(),
                "--oidc-client-id=afterword",
                "--oidc-name=Team",
                "--oidc-roles=staff=blog:moderator",
                "--outbound-hosts=" + provider.host());
        var chromium = Chromium.start();
        var desk =
            new ModeratorDesk(
                chromium.browser(),
                running.service().httpPort(),
                new Browser.NewContextOptions().setLocale("en").setViewportSize(360, 640))) {
      desk.open("");
      var button =
          desk.page.getByRole(
              AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Team"));
      assertThat(button).isVisible();
      assertEquals(List.of(), Axe.violations(desk.page, ".sign-in"));
      assertEquals(true, desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth"));
      button.click();
      assertThat(desk.page.locator("#waiting")).isVisible();

      desk.page.context().clearCookies();
      provider.userInfo.remove("groups");
      desk.page.reload();
      button.click();
      assertThat(desk.page.getByText("None of your groups has a role here.")).isVisible();
      assertEquals(List.of(), desk.complaints);
    }
  }
}
