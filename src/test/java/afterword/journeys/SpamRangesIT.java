package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import afterword.site.SettingsJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpamRangesIT {
  private static final SiteSettings THREE =
      SettingsJson.read(
          SettingsJson.write(
                  new SiteSettings(
                      Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000))
              .put("spamPerHour", 3));

  @Test
  void a_range_with_three_spam_decisions_is_held_until_the_entry_is_lifted() {
    try (var running = new RunningService(THREE)) {
      var people = running.service().moderators();
      await(
          people.add(
              "test", "mo@example.org", "Mo", Optional.empty(), Map.of("blog", Role.OWNER), false));
      String token =
          await(
              people.issueToken(
                  "mo@example.org", "test", EnumSet.allOf(Scope.class), Optional.empty()));
      for (int i = 1; i <= 3; i++) {
        String id =
            post(running, "Spam " + i, "203.0.113.5").getJsonObject("comment").getString("id");
        if (i == 3)
          assertEquals(
              "published",
              post(running, "Before", "203.0.113.5").getJsonObject("comment").getString("status"));
        decide(running, token, id);
      }

      assertEquals("pending", status(running, "After", "203.0.113.5"));
      assertEquals("published", status(running, "From elsewhere", "203.0.113.6"));

      JsonObject ban =
          await(running.get("/api/v1/admin/bans").bearerTokenAuthentication(token).send())
              .bodyAsJsonObject()
              .getJsonArray("bans")
              .getJsonObject(0);
      assertTrue(ban.getBoolean("automatic"));
      assertTrue(ban.getBoolean("holds"));
      await(
          running
              .request(
                  io.vertx.core.http.HttpMethod.DELETE, "/api/v1/admin/bans/" + ban.getString("id"))
              .bearerTokenAuthentication(token)
              .send());
      assertEquals("published", status(running, "Lifted", "203.0.113.5"));
    }
  }

  @Test
  void a_range_held_by_a_slip_of_the_finger_is_let_go_by_undo() {
    try (var running = new RunningService(THREE)) {
      AdminClient mo = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
      String last = null;
      for (int i = 1; i <= 3; i++) {
        JsonObject posted = post(running, "Perhaps spam " + i, "203.0.113.5");
        String id = posted.getJsonObject("comment").getString("id");
        last = mo.decide("spam", AdminClient.item(id, 1)).getString("id");
      }
      assertEquals("pending", status(running, "Held", "203.0.113.5"));

      AdminClient.ok(mo.post("decisions/" + last + "/undo", new JsonObject()));

      assertEquals("published", status(running, "Free again", "203.0.113.5"));
      assertEquals("0", running.database().ask("select count(*) from ban"));
    }
  }

  private static void decide(RunningService running, String token, String id) {
    var items = new JsonArray().add(new JsonObject().put("id", id).put("version", 1));
    await(
        running
            .postTo("/api/v1/admin/decisions")
            .bearerTokenAuthentication(token)
            .sendJsonObject(new JsonObject().put("action", "spam").put("items", items)));
  }

  private static String status(RunningService running, String text, String address) {
    return post(running, text, address).getJsonObject("comment").getString("status");
  }

  private static JsonObject post(RunningService running, String text, String address) {
    return await(running.post().putHeader("X-Forwarded-For", address).sendJsonObject(comment(text)))
        .bodyAsJsonObject();
  }
}
