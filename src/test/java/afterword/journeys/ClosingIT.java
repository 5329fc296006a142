package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import afterword.site.SettingsJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What readers are told of a page is what the rules do with a post to it. */
class ClosingIT {
  private static final SiteSettings SETTINGS =
      SettingsJson.read(
          SettingsJson.write(
                  new SiteSettings(
                      Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000))
              .put("closeAfterDays", 30)
              .put(
                  "paths",
                  new JsonArray()
                      .add(new JsonObject().put("prefix", "shut/").put("closed", true))
                      .add(new JsonObject().put("prefix", "held/").put("mode", "all"))
                      .add(new JsonObject().put("prefix", "news/").put("closeAfterDays", 3))));
  private static RunningService running;

  @BeforeAll
  static void start() {
    running = new RunningService(SETTINGS);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void a_page_whose_article_is_old_reads_as_closed_and_refuses() {
    assertEquals(201, post("old.html", "Just in time"));
    assertEquals(true, thread("old.html").getJsonObject("thread").getBoolean("open"));
    running
        .database()
        .run("update page set published_at = now() - interval '31 days' where key = 'old.html'");

    Eventually.eventually(
        "the page read as closed",
        () -> !thread("old.html").getJsonObject("thread").getBoolean("open"));
    assertEquals(403, post("old.html", "Too late"));
  }

  @Test
  void a_prefix_says_what_holds_for_its_pages_even_before_anybody_commented() {
    assertEquals(false, thread("shut/a.html").getJsonObject("thread").getBoolean("open"));
    assertEquals(403, post("shut/a.html", "Nobody may"));
    assertEquals("all", thread("held/a.html").getJsonObject("policy").getString("mode"));
    assertEquals(202, post("held/a.html", "Waits"));
    assertEquals("open", thread("free/a.html").getJsonObject("policy").getString("mode"));
  }

  @Test
  void a_prefix_closes_earlier_than_the_site_and_a_page_of_its_own_later() {
    AdminClient moderator = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
    assertEquals(201, post("news/a.html", "Fresh"));
    assertEquals(201, post("news/b.html", "Fresh too"));
    running
        .database()
        .run("update page set published_at = now() - interval '4 days' where key like 'news/%'");
    String id =
        moderator
            .read("pages?site=blog&q=news/b.html")
            .getJsonArray("pages")
            .getJsonObject(0)
            .getString("id");

    assertEquals(403, post("news/a.html", "Four days later"));
    AdminClient.ok(moderator.patch("pages/" + id, new JsonObject().put("closeAfterDays", 10)));
    assertEquals(201, post("news/b.html", "Four days later, where ten are given"));
    AdminClient.ok(moderator.patch("pages/" + id, new JsonObject().put("closeAfterDays", 4)));
    assertEquals(403, post("news/b.html", "Where four are given"));
    AdminClient.ok(moderator.patch("pages/" + id, new JsonObject().putNull("closeAfterDays")));
    assertEquals(403, post("news/b.html", "As the prefix says"));
  }

  private static int post(String key, String text) {
    JsonObject comment = comment(text);
    comment.put(
        "page", new JsonObject().put("key", key).put("url", RunningService.ORIGIN + "/" + key));
    return running.send(comment).statusCode();
  }

  /** A limit that differs each time is not in the cache. */
  private static JsonObject thread(String key) {
    int limit = 1 + (int) (System.nanoTime() % 99);
    return await(running.get("/api/v1/sites/blog/thread?page=" + key + "&limit=" + limit).send())
        .bodyAsJsonObject();
  }
}
