package afterword.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.bench.Scale;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A few faults lose nothing, and the suite would see it if they did. */
class FaultsSmokeIT {
  static List<String> plays() {
    return Plays.SMOKE;
  }

  @ParameterizedTest
  @MethodSource("plays")
  void nothing_that_was_acknowledged_is_lost(String play) throws Exception {
    Row row = Plays.all().get(play).play(play, Scale.SMOKE);

    assertTrue(row.acknowledged() > 0);
    assertTrue(row.faults() > 0);
    assertEquals(List.of(), row.wrong());
  }

  @Test
  void a_product_that_acknowledges_before_the_commit_is_found() throws Exception {
    Row row = Controls.play("acknowledged-before-commit", Scale.SMOKE);

    assertTrue(row.lost() > 0, row.line());
  }
}
