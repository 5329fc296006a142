package afterword.journeys;

import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import afterword.site.SettingsJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Nobody passes for one of the site's staff, whatever letters the name is made of. */
class StaffNamesIT {
  private static final SiteSettings OPEN =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);

  @Test
  void a_name_like_that_of_staff_waits_or_is_refused_as_the_site_wants_it() {
    for (boolean refused : new boolean[] {false, true}) {
      try (var running = new RunningService(refusing(refused))) {
        AdminClient.of(running, "Mia Moderator", Map.of("blog", Role.MODERATOR));
        AdminClient.of(running, "Vi Viewer", Map.of("blog", Role.VIEWER));

        for (String alike : List.of("Mia Moderator", "MIA MODERATOR", "M\u0456a M\u043Ederator")) {
          HttpResponse<Buffer> answer = post(running, alike);
          assertEquals(refused ? 422 : 202, answer.statusCode(), alike);
          if (refused)
            assertEquals(
                new JsonObject().put("pointer", "/author/name").put("code", "staff-name"),
                error(answer));
        }
        assertEquals(201, post(running, "Mia").statusCode());
        assertEquals(201, post(running, "Vi Viewer").statusCode());
        assertEquals(
            refused ? "0" : "3",
            running.database().ask("select count(*) from comment where reasons = '{staff-name}'"));
      }
    }
  }

  private static SiteSettings refusing(boolean refused) {
    return SettingsJson.read(SettingsJson.write(OPEN).put("refuseStaffNames", refused));
  }

  private static HttpResponse<Buffer> post(RunningService running, String name) {
    return running.send(
        comment("A remark " + UUID.randomUUID()).put("author", new JsonObject().put("name", name)));
  }

  private static JsonObject error(HttpResponse<Buffer> answer) {
    JsonObject error = answer.bodyAsJsonObject().getJsonArray("errors").getJsonObject(0);
    error.remove("detail");
    return error;
  }
}
