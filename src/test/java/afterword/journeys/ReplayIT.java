package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Other settings tried on the comments there are. */
class ReplayIT {
  private static final SiteSettings OPEN =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);

  private static final JsonObject STRICTER =
      new JsonObject().put("blockedWords", new JsonArray().add("zeppelin"));

  @Test
  void owners_see_what_other_words_would_have_held_and_nothing_changes() {
    try (var running = new RunningService(OPEN)) {
      AdminClient owner = AdminClient.of(running, "Ow", Map.of("blog", Role.OWNER));
      String id =
          running
              .send(comment("A zeppelin over the town"))
              .bodyAsJsonObject()
              .getJsonObject("comment")
              .getString("id");
      running.send(comment("A boat"));
      owner.decide("spam", AdminClient.item(id, 1));

      JsonObject tried = AdminClient.ok(owner.post("sites/blog/replay", STRICTER));

      assertEquals(2, tried.getInteger("judged"));
      assertEquals(1, tried.getInteger("same"));
      assertEquals(
          new JsonArray()
              .add(
                  new JsonObject()
                      .put("from", "publish")
                      .put("to", "hold")
                      .put("count", 1)
                      .put("published", 0)
                      .put("turnedDown", 1)),
          tried.getJsonArray("changes"));
      JsonObject example = tried.getJsonArray("examples").getJsonObject(0);
      assertEquals(id, example.getString("id"));
      assertEquals(
          new JsonArray().add("blocked-word"), example.getJsonObject("to").getJsonArray("reasons"));
      assertEquals(new JsonArray(), owner.read("sites/blog/settings").getJsonArray("blockedWords"));
      assertEquals("1", running.database().ask("select count(*) from audit where action = 'spam'"));
      assertEquals(
          "0", running.database().ask("select count(*) from audit where action = 'site-changed'"));
    }
  }

  @Test
  void who_asks_for_lines_is_told_how_far_it_has_come() {
    try (var running = new RunningService(OPEN)) {
      AdminClient owner = AdminClient.of(running, "Ow", Map.of("blog", Role.OWNER));
      running.send(comment("A zeppelin over the town"));

      String lines =
          await(
                  owner
                      .request(HttpMethod.POST, "sites/blog/replay")
                      .putHeader("Accept", "application/x-ndjson")
                      .sendJsonObject(STRICTER))
              .bodyAsString();

      List<JsonObject> told = lines.lines().map(JsonObject::new).toList();
      assertEquals(new JsonObject().put("done", 0).put("of", 1), told.get(0));
      assertEquals(new JsonObject().put("done", 1).put("of", 1), told.get(1));
      assertEquals(1, told.get(2).getJsonObject("result").getInteger("judged"));
      assertEquals(3, told.size());
    }
  }

  @Test
  void is_for_owners_of_the_site_and_for_settings_that_there_are() {
    try (var running = new RunningService(OPEN)) {
      AdminClient owner = AdminClient.of(running, "Ow", Map.of("blog", Role.OWNER), true);
      AdminClient moderator = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
      AdminClient elsewhere = AdminClient.of(running, "El", Map.of());

      assertEquals(403, moderator.post("sites/blog/replay", STRICTER).statusCode());
      assertTrue(
          List.of(403, 404).contains(elsewhere.post("sites/blog/replay", STRICTER).statusCode()));
      var wrong = owner.post("sites/blog/replay", new JsonObject().put("maxLinks", -1).put("x", 1));
      assertEquals(422, wrong.statusCode());
      assertEquals(2, wrong.bodyAsJsonObject().getJsonArray("errors").size());
    }
  }
}
