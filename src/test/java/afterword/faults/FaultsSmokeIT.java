package afterword.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.bench.Abreast;
import afterword.bench.Scale;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A few faults lose nothing, and the suite would see it if they did. */
class FaultsSmokeIT {
  private static final String CONTROL = "acknowledged-before-commit";
  private static final Abreast<Row> PLAYED = new Abreast<>();

  @BeforeAll
  static void begin() {
    PLAYED.begin(CONTROL, () -> Controls.play(CONTROL, Scale.SMOKE));
    for (String play : plays())
      PLAYED.begin(play, () -> Plays.all().get(play).play(play, Scale.SMOKE));
  }

  @AfterAll
  static void end() {
    PLAYED.close();
  }

  static List<String> plays() {
    return Plays.SMOKE;
  }

  @ParameterizedTest
  @MethodSource("plays")
  void nothing_that_was_acknowledged_is_lost(String play) throws Exception {
    Row row = PLAYED.end(play);

    assertTrue(row.acknowledged() > 0);
    assertTrue(row.faults() > 0);
    assertEquals(List.of(), row.wrong());
  }

  @Test
  void a_product_that_acknowledges_before_the_commit_is_found() throws Exception {
    Row row = PLAYED.end(CONTROL);

    assertTrue(row.lost() > 0, row.line());
  }
}
