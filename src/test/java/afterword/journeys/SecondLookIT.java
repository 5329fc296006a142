package afterword.journeys;

import static afterword.journeys.AdminClient.item;
import static afterword.journeys.AdminClient.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import afterword.auth.Role;
import afterword.bench.PendingComments;
import afterword.model.SiteSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A share of what was decided is looked at again by somebody who does not know how. */
class SecondLookIT {
  private static final int COMMENTS = 80;

  private final TestClock clock = new TestClock();
  private RunningService running;
  private AdminClient mo;
  private AdminClient maya;

  @BeforeEach
  void decideEverything() {
    running = new RunningService(SiteSettings.DEFAULTS, clock);
    PendingComments.fill(running.database(), 1, 0, COMMENTS);
    mo = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
    maya = AdminClient.of(running, "Maya", Map.of("blog", Role.MODERATOR));
    var items = new ArrayList<JsonObject>();
    for (Object card : mo.read("queue?limit=100").getJsonArray("cards")) {
      var json = (JsonObject) card;
      items.add(item(json.getString("id"), json.getInteger("version")));
    }
    mo.decide("spam", items.toArray(JsonObject[]::new));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void a_share_is_shown_to_others_without_what_was_decided() {
    assertEquals(List.of(), due(maya), "what can still be undone is not settled");

    clock.advance(Duration.ofMinutes(11));

    List<JsonObject> shown = due(maya);
    assertTrue(!shown.isEmpty() && shown.size() < COMMENTS / 2, shown.size() + " of " + COMMENTS);
    for (String name : new String[] {"status", "reasons", "why", "history", "score"})
      assertNull(shown.get(0).getValue(name), name);
    assertFalse(shown.get(0).encode().contains("spam"), shown.get(0).encode());
    assertEquals(List.of(), due(mo), "nobody looks at their own twice");
  }

  @Test
  void agreement_is_counted_and_nothing_else_changes() {
    clock.advance(Duration.ofMinutes(11));
    List<JsonObject> shown = due(maya);

    JsonObject same = ok(maya.post("second-looks", opinion(shown.get(0), "reject")));
    JsonObject other = ok(maya.post("second-looks", opinion(shown.get(1), "approve")));

    assertEquals(new JsonObject().put("agrees", true).put("first", "spam").put("by", "Mo"), same);
    assertFalse(other.getBoolean("agrees"));
    assertEquals(
        new JsonArray()
            .add(new JsonObject().put("moderator", "Mo").put("looked", 2).put("agreed", 1)),
        maya.read("stats").getJsonArray("agreement"));
    assertEquals(shown.size() - 2, due(maya).size());
    assertEquals(404, maya.post("second-looks", opinion(shown.get(0), "reject")).statusCode());
    assertEquals(404, mo.post("second-looks", opinion(shown.get(2), "spam")).statusCode());
    assertEquals(
        "" + COMMENTS,
        running.database().ask("select count(*) from comment where status = 'spam'"));
  }

  @Test
  void what_was_decided_anew_is_not_shown() {
    clock.advance(Duration.ofMinutes(11));
    JsonObject first = due(maya).get(0);

    maya.decide("approve", item(first.getString("id"), first.getInteger("version")));

    assertTrue(
        due(maya).stream().noneMatch(one -> one.getString("id").equals(first.getString("id"))));
  }

  private static List<JsonObject> due(AdminClient who) {
    return who.read("second-looks?limit=50").getJsonArray("cards").stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static JsonObject opinion(JsonObject card, String action) {
    return item(card.getString("id"), card.getInteger("version")).put("action", action);
  }
}
