package afterword.journeys;

import static afterword.journeys.AdminClient.item;
import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.Service;
import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What moderators are told while they look, at one process of what was done at another. */
class DeskLiveIT {
  private RunningService running;
  private Vertx vertx;
  private Service second;
  private AdminClient mo;

  @BeforeEach
  void start() {
    running =
        new RunningService(
            new SiteSettings(
                Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000));
    vertx = Vertx.vertx();
    second = RunningService.start(vertx, running.database().config(), Clock.systemUTC());
    mo = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
  }

  @AfterEach
  void stop() {
    await(second.stop());
    await(vertx.close());
    running.close();
  }

  @Test
  void what_comes_is_counted_and_what_is_decided_is_told_with_who_did_it() {
    AdminClient vera = AdminClient.of(running, "Vera", Map.of("blog", Role.VIEWER));
    try (LiveReader told = reader(vera, "")) {
      assertEquals(200, told.status());
      assertEquals("no-store", told.header("Cache-Control"));
      eventually("it is told how many wait", () -> waiting(told) == 0);

      String id = posted("One");
      eventually("the new one is counted", () -> waiting(told) == 1);
      mo.decide("spam", item(id, 1));

      eventually("the decision is told", () -> !decided(told).isEmpty());
      assertEquals(
          new JsonObject().put("id", id).put("status", "spam").put("version", 2).put("by", "Mo"),
          decided(told).get(0));
      eventually("and nothing waits", () -> waiting(told) == 0);
    }
  }

  @Test
  void it_ends_with_the_role_and_tells_nothing_more() {
    AdminClient vera = AdminClient.of(running, "Vera", Map.of("blog", Role.VIEWER));
    try (LiveReader told = reader(vera, "?site=blog")) {
      eventually("it is told how many wait", () -> waiting(told) == 0);

      running.database().run("delete from site_role where role = 'viewer'");
      posted("Not for everybody's ears");

      eventually("the stream has ended", () -> told.ended);
      assertEquals(0, waiting(told));
    }
  }

  @Test
  void nobody_hears_of_sites_that_are_not_theirs() {
    await(
        running
            .service()
            .sites()
            .add("other", "Other", List.of("https://other.example"), SiteSettings.DEFAULTS));
    AdminClient stranger = AdminClient.of(running, "Otto", Map.of("other", Role.OWNER));
    try (LiveReader told = reader(stranger, "")) {
      eventually("it is told how many wait", () -> waiting(told) == 0);
      String id = posted("On the blog");
      mo.decide("approve", item(id, 1));
      try (LiveReader own = reader(mo, "")) {
        eventually("the others know", () -> waiting(own) == 0);
      }

      assertEquals(List.of(), decided(told));
    }
    assertEquals(404, stranger.get("live?site=blog").statusCode());
    assertEquals(404, stranger.get("live?site=none").statusCode());
  }

  @Test
  void too_many_of_one_person_are_refused() {
    var open = new ArrayList<LiveReader>();
    try {
      for (int i = 0; i < 20; i++) open.add(reader(mo, ""));
      try (LiveReader last = reader(mo, "")) {
        assertEquals(429, last.status());
      }
    } finally {
      open.forEach(LiveReader::close);
    }
    assertTrue(open.stream().allMatch(one -> one.status() == 200));
  }

  private LiveReader reader(AdminClient who, String query) {
    return new LiveReader(
        vertx,
        second.httpPort(),
        "/api/v1/admin/live" + query,
        Map.of("Authorization", "Bearer " + who.token()));
  }

  private String posted(String text) {
    return running.send(comment(text)).bodyAsJsonObject().getJsonObject("comment").getString("id");
  }

  /** What was said last; -1 for nothing. */
  private static int waiting(LiveReader told) {
    return told.told.stream()
        .filter(one -> one.event().equals("waiting"))
        .map(one -> one.data().getInteger("waiting"))
        .reduce(-1, (before, last) -> last);
  }

  private static List<JsonObject> decided(LiveReader told) {
    return told.told.stream()
        .filter(one -> one.event().equals("decided"))
        .flatMap(one -> one.data().getJsonArray("items").stream())
        .map(JsonObject.class::cast)
        .toList();
  }
}
