package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Mode;
import afterword.model.SiteSettings;
import afterword.site.SettingsJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A site may tell the commenter first what it is wary of. */
class NudgeIT {
  private static RunningService running;

  @BeforeAll
  static void start() {
    SiteSettings open =
        new SiteSettings(
            Mode.OPEN, 1, 1, List.of("casino*"), true, 10_000, 6, 900, 1_000, 1, 10_000);
    running =
        new RunningService(
            SettingsJson.read(
                SettingsJson.write(open)
                    .put("nudge", new JsonArray().add("blocked-word").add("too-many-links"))));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void the_first_post_is_told_what_the_word_is_and_the_second_waits_for_a_moderator() {
    HttpResponse<Buffer> first = post("The best casinos in town", "nudged-key-number-one");

    JsonObject problem = first.bodyAsJsonObject();
    assertEquals(422, first.statusCode());
    assertTrue(problem.getString("type").endsWith("/problems/nudge"));
    assertEquals(
        new JsonArray().add(new JsonObject().put("reason", "blocked-word").put("found", "casino*")),
        problem.getJsonArray("nudge"));
    assertEquals("/body", problem.getJsonArray("errors").getJsonObject(0).getString("pointer"));
    assertEquals("0", stored("The best casinos in town"));

    HttpResponse<Buffer> second = post("The best casinos in town", "nudged-key-number-one");

    assertEquals(202, second.statusCode());
    assertEquals("1", stored("The best casinos in town"));
    assertEquals(202, post("The best casinos in town", "nudged-key-number-one").statusCode());
    assertEquals("1", stored("The best casinos in town"));
  }

  @Test
  void who_changes_the_text_is_published_with_the_same_key() {
    assertEquals(422, post("A casino by the sea", "nudged-key-number-two").statusCode());

    assertEquals(201, post("A cabin by the sea", "nudged-key-number-two").statusCode());
  }

  @Test
  void a_link_is_named_by_its_host() {
    HttpResponse<Buffer> told =
        post("https://one.example https://two.example", "nudged-key-number-three");

    assertEquals(
        new JsonObject().put("reason", "too-many-links").put("found", "two.example"),
        told.bodyAsJsonObject().getJsonArray("nudge").getJsonObject(0));
  }

  private static HttpResponse<Buffer> post(String text, String key) {
    return await(running.post().putHeader("Idempotency-Key", key).sendJsonObject(comment(text)));
  }

  private static String stored(String text) {
    return running.database().ask("select count(*) from comment where source = '" + text + "'");
  }
}
