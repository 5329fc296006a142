package afterword.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a visit may cost a reader; {@code bin/bench widget} prints the figures. */
@Tag("browser")
class WidgetBudgetIT {
  private static Stage stage;

  @BeforeAll
  static void open() throws Exception {
    stage = Stage.open();
  }

  @AfterAll
  static void close() {
    if (stage != null) stage.close();
  }

  @Test
  void loader_reading_and_writing_stay_within_their_bytes() {
    try (var visit = WidgetVisit.of(stage, 5, 3, 1)) {
      visit.read();
      int reading = visit.bytes();
      visit.write("Weighed");

      assertTrue(WidgetVisit.loaderBytes() <= 3_000, "loader " + WidgetVisit.loaderBytes());
      assertTrue(reading <= 10_000, "reading " + reading);
      assertTrue(visit.bytes() <= 15_000, "all " + visit.bytes());
      assertTrue(visit.bytes() > reading, "nothing was fetched for writing");
    }
  }

  @Test
  void the_first_comment_takes_three_requests_in_two_steps() {
    try (var visit = WidgetVisit.of(stage, 5, 3, 1)) {
      visit.read();

      assertEquals(new WidgetVisit.Cost(3, 2), visit.costOfFirstComment());
    }
  }

  @Test
  void reading_asks_nobody_else_and_keeps_nothing() {
    try (var visit = WidgetVisit.of(stage, 5, 3, 1)) {
      visit.read();

      assertEquals(List.of(), visit.strangers());
      assertEquals(0, visit.stored());
    }
  }

  @Test
  void nothing_on_the_page_moves_while_500_comments_are_drawn() {
    try (var visit = WidgetVisit.of(stage, 125, 3, 4)) {
      visit.read().readAll(500);

      assertEquals(0, visit.layoutShift(), visit.why().toString());
      assertEquals(500, visit.widget().locator("article").count());
    }
  }
}
