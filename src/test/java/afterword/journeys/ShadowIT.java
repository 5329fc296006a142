package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;

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

class ShadowIT {
  private static final SiteSettings SHADOWED =
      SettingsJson.read(
          SettingsJson.write(
                  new SiteSettings(
                      Mode.OPEN,
                      1,
                      0,
                      List.of("casino"),
                      true,
                      Limits.TEXT,
                      6,
                      900,
                      10_000,
                      1,
                      100_000))
              .put("shadow", new JsonArray().add("blocked-word")));

  @Test
  void a_check_in_shadow_publishes_and_counts_what_it_would_have_held() {
    try (var running = new RunningService(SHADOWED)) {
      var people = running.service().moderators();
      await(
          people.add(
              "test", "ow@example.org", "Ow", Optional.empty(), Map.of("blog", Role.OWNER), false));
      String token =
          await(
              people.issueToken(
                  "ow@example.org", "test", EnumSet.allOf(Scope.class), Optional.empty()));

      JsonObject first = running.send(comment("A casino")).bodyAsJsonObject();
      assertEquals("published", first.getJsonObject("comment").getString("status"));
      assertEquals(201, running.send(comment("Another casino")).statusCode());
      assertEquals(202, running.send(comment("A casino at https://x.example")).statusCode());
      assertEquals(201, running.send(comment("A house")).statusCode());
      var item =
          new JsonObject()
              .put("id", first.getJsonObject("comment").getString("id"))
              .put("version", 1);
      await(
          running
              .postTo("/api/v1/admin/decisions")
              .bearerTokenAuthentication(token)
              .sendJsonObject(
                  new JsonObject()
                      .put("action", "reject")
                      .put("items", new JsonArray().add(item))));

      JsonObject counted =
          await(
                  running
                      .get("/api/v1/admin/sites/blog/rules")
                      .bearerTokenAuthentication(token)
                      .send())
              .bodyAsJsonObject()
              .getJsonArray("checks")
              .stream()
              .map(JsonObject.class::cast)
              .filter(check -> check.getString("check").equals("blocked-word"))
              .findFirst()
              .orElseThrow();
      assertEquals(true, counted.getBoolean("shadow"));
      assertEquals(3, counted.getInteger("wouldHold"));
      assertEquals(1, counted.getInteger("turnedDown"));
    }
  }
}
