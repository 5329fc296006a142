package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import afterword.model.SiteSettings;
import org.junit.jupiter.api.Test;

/** A stop is heard of before it is felt. */
class DrainIT {
  private static final String THREAD = "/api/v1/sites/blog/thread?page=a";

  @Test
  void serves_on_while_it_is_no_longer_ready_each_answer_the_last_of_its_connection() {
    var running = new RunningService(SiteSettings.DEFAULTS, "--drain-seconds=30");
    eventually("it is ready", () -> await(running.manage("/readyz").send()).statusCode() == 200);
    assertEquals(null, await(running.get(THREAD).send()).getHeader("Connection"));

    var stopped = running.service().stop();

    assertEquals(503, await(running.manage("/readyz").send()).statusCode());
    assertEquals(200, await(running.manage("/livez").send()).statusCode());
    var answer = await(running.get(THREAD).send());
    assertEquals(200, answer.statusCode());
    assertEquals("close", answer.getHeader("Connection"));
    assertFalse(stopped.isComplete());
    running.abandon();
  }
}
