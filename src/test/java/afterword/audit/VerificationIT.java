package afterword.audit;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationIT {
  @Test
  void what_is_sealed_while_it_is_verified_is_not_missing() {
    try (var running = new RunningService(SiteSettings.DEFAULTS)) {
      var verification = new Verification(running.service().database());
      note(running);
      eventually("the row is sealed", () -> sealed(running) == rows(running));
      var head = await(verification.head());

      note(running);
      eventually("another one is sealed", () -> sealed(running) == rows(running));

      assertEquals(List.of(), await(verification.verify(head)).wrong());
      assertEquals(rows(running), await(verification.verify()).sealed());
    }
  }

  private static void note(RunningService running) {
    running
        .database()
        .run(
            "insert into audit (site_id, at, actor, action, object) values (1, now(), 'test', 'noted', 'site:1')");
  }

  private static long sealed(RunningService running) {
    return Long.parseLong(running.database().ask("select number from audit_sealer"));
  }

  private static long rows(RunningService running) {
    return Long.parseLong(running.database().ask("select count(*) from audit"));
  }
}
