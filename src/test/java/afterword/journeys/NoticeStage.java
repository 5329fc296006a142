package afterword.journeys;

import static afterword.journeys.RunningService.comment;

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

/** An open site with readers, a moderator and an owner, for what legal notices lead to. */
abstract class NoticeStage {
  static final SiteSettings OPEN =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
  static final TestClock CLOCK = new TestClock();
  static RunningService running;
  static Notices readers;
  static AdminClient mo;
  static AdminClient otto;

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

  static Posted posted(String text) {
    CLOCK.advance(Duration.ofMinutes(1));
    return readers.posted(comment(text));
  }
}
