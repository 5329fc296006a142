package afterword.journeys;

import static afterword.journeys.AdminClient.ok;
import static afterword.journeys.Notices.decide;
import static afterword.journeys.Notices.now;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.TestClock;
import afterword.auth.Role;
import afterword.journeys.Notices.Posted;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know, decide and take back what, where legal notices and appeals are about it. */
class NoticeRightsIT {
  private static final SiteSettings OPEN =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
  private static final TestClock CLOCK = new TestClock();
  private static RunningService running;
  private static Notices readers;
  private static AdminClient mo;
  private static AdminClient otto;

  @BeforeAll
  static void start() {
    running = new RunningService(OPEN, CLOCK, "--trusted-proxies=127.0.0.0/8,::1/128");
    readers = new Notices(running);
    mo = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
    otto = AdminClient.of(running, "Otto Owner", Map.of("blog", Role.OWNER));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static Posted posted(String text) {
    CLOCK.advance(Duration.ofMinutes(1));
    return readers.posted(comment(text));
  }

  @Test
  void what_was_swallowed_looks_to_its_author_like_what_waits() {
    Posted waits = posted("Really waits");
    ok(decide(mo, "hold", null, now(mo, waits.id())));
    Posted swallowed = readers.posted(comment("Filled by a program").put("trap", "x"));

    assertEquals("pending", readers.own(swallowed).getString("status"));
    assertEquals(readers.own(waits).fieldNames(), readers.own(swallowed).fieldNames());
  }
}
