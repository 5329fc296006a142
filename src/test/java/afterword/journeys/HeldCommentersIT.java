package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Some commenters are not kept out, but somebody looks first at whatever they write. */
class HeldCommentersIT {
  private static final SiteSettings TRUSTED =
      new SiteSettings(
          Mode.TRUSTED, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);

  private RunningService running;
  private AdminClient mo;

  @BeforeEach
  void start() {
    running = new RunningService(TRUSTED);
    mo = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void who_is_always_looked_at_first_waits_however_trusted_until_the_entry_is_lifted() {
    JsonObject first = posted("The first", 1);
    mo.decide("approve", AdminClient.item(first.getString("id"), 1));
    assertEquals("published", posted("Trusted by now", 1).getString("status"));
    String author = first.getJsonObject("author").getString("id");

    HttpResponse<Buffer> made = mo.post("bans", wanted().put("author", author));

    assertEquals(201, made.statusCode(), made.bodyAsString());
    JsonObject ban = made.bodyAsJsonObject().getJsonObject("ban");
    assertTrue(ban.getBoolean("holds"));
    assertEquals("pending", posted("Once more", 1).getString("status"));
    assertEquals(
        "{held-commenter}",
        running.database().ask("select reasons::text from comment where source = 'Once more'"));
    assertEquals(204, mo.delete("bans/" + ban.getString("id")).statusCode());
    assertEquals("published", posted("And free again", 1).getString("status"));
  }

  @Test
  void it_is_one_or_the_other_and_for_moderators_of_the_site_alone() {
    JsonObject wanted = wanted().put("email", "*@shop.example");

    HttpResponse<Buffer> both = mo.post("bans", wanted.copy().put("shadow", true));
    assertEquals(422, both.statusCode());
    assertEquals(
        "not-both",
        both.bodyAsJsonObject().getJsonArray("errors").getJsonObject(0).getString("code"));
    AdminClient viewer = AdminClient.of(running, "Vi", Map.of("blog", Role.VIEWER));
    assertEquals(403, viewer.post("bans", wanted).statusCode());
    assertEquals("0", running.database().ask("select count(*) from ban"));
  }

  private static JsonObject wanted() {
    return new JsonObject().put("site", "blog").put("holds", true);
  }

  private JsonObject posted(String text, int commenter) {
    return await(
            running
                .post()
                .sendJsonObject(comment(text).put("commenterKey", "%032x".formatted(commenter))))
        .bodyAsJsonObject()
        .getJsonObject("comment");
  }
}
