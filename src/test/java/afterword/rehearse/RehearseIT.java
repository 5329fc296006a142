package afterword.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One rolling restart under load, and a database that goes and comes: nothing is lost. */
class RehearseIT {
  @Test
  void a_rolling_restart_and_a_lost_database_lose_nothing_that_was_acknowledged() throws Exception {
    var rehearse = new Rehearse(true, false);
    try {
      rehearse.play();
    } finally {
      rehearse.close();
    }

    // How many requests fail depends on the machine's speed too: bin/rehearse states it.
    for (String figure :
        List.of("exits_other_than_0", "lost_acknowledgements", "restarts_on_database_loss"))
      assertEquals(0, rehearse.figures().get(figure), figure);
    for (String figure : List.of("failed_requests", "recovery_s"))
      assertTrue(Double.isFinite(rehearse.figures().get(figure)), figure);
  }
}
