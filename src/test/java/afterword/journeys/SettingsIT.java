package afterword.journeys;

import static afterword.journeys.AdminClient.ok;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.Service;
import afterword.auth.Role;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What owners change, and that it acts on every process without a restart. */
class SettingsIT {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static RunningService running;
  private static Vertx vertx;
  private static Service other;
  private static WebClient client;
  private static AdminClient owner;
  private static AdminClient moderator;

  @BeforeAll
  static void start() {
    running = new RunningService(SiteSettings.DEFAULTS);
    vertx = Vertx.vertx();
    other =
        RunningService.start(
            vertx, running.database().config("--trusted-proxies=127.0.0.0/8"), Clock.systemUTC());
    client = WebClient.create(vertx);
    owner = AdminClient.of(running, "Olive", Map.of("blog", Role.OWNER));
    moderator = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
  }

  @AfterAll
  static void stop() {
    await(other.stop());
    await(vertx.close());
    running.close();
  }

  @Test
  void a_changed_setting_acts_on_both_processes_and_is_audited_by_name_alone() {
    ok(owner.patch("sites/blog/settings", new JsonObject().put("maxLength", 20)));

    JsonObject tooLong = comment("A text that is longer than twenty characters");
    assertEquals(422, running.send(tooLong).statusCode());
    Eventually.eventually(
        "the other process has heard of it", SOON, () -> statusElsewhere(tooLong) == 422);
    ok(owner.patch("sites/blog/settings", new JsonObject().put("maxLength", 10_000)));
    Eventually.eventually("and of the change back", SOON, () -> statusElsewhere(tooLong) == 202);

    assertEquals(
        "maxLength",
        running
            .database()
            .ask(
                "select reason from audit where action = 'site-changed' order by id desc limit 1"));
  }

  private static int statusElsewhere(JsonObject body) {
    return await(
            client
                .post(other.httpPort(), "127.0.0.1", "/api/v1/sites/blog/comments")
                .putHeader("Origin", RunningService.ORIGIN)
                .putHeader(
                    "X-Forwarded-For",
                    "10." + (int) (Math.random() * 255) + ".1." + (int) (Math.random() * 255))
                .putHeader("Idempotency-Key", UUID.randomUUID().toString())
                .sendJsonObject(
                    body.copy().put("body", body.getString("body") + UUID.randomUUID())))
        .statusCode();
  }

  @Test
  void everything_wrong_is_named_at_once_and_nothing_is_changed() {
    JsonObject before = owner.read("sites/blog/settings");
    var answer =
        owner.patch(
            "sites/blog/settings",
            new JsonObject()
                .put("mode", "shut")
                .put("maxLinks", -1)
                .put("requireName", "yes")
                .put("blockedDomains", new JsonArray().add("no domain"))
                .put("shadow", new JsonArray().add("none"))
                .put("nudge", new JsonArray().add("too-fast"))
                .put("outside", new JsonObject().put("hookUrl", "ftp://x").put("deadlineMillis", 1))
                .put("colour", "red"));

    assertEquals(422, answer.statusCode());
    for (String pointer :
        List.of(
            "/mode",
            "/maxLinks",
            "/requireName",
            "/blockedDomains/0",
            "/shadow/0",
            "/nudge/0",
            "/outside/hookUrl",
            "/outside/deadlineMillis",
            "/colour")) assertTrue(answer.bodyAsString().contains("\"" + pointer + "\""), pointer);
    assertEquals(before, owner.read("sites/blog/settings"));
  }

  @Test
  void a_secret_is_taken_and_never_shown() {
    ok(
        owner.patch(
            "sites/blog/settings",
            new JsonObject().put("outside", new JsonObject().put("akismetKey", "s3cr3t-key"))));

    String shown = owner.get("sites/blog/settings").bodyAsString();
    assertFalse(shown.contains("s3cr3t"));
    assertTrue(shown.contains("\"akismetKeySet\":true"));
    ok(
        owner.patch(
            "sites/blog/settings",
            new JsonObject().put("outside", new JsonObject().putNull("akismetKey"))));
    assertTrue(owner.get("sites/blog/settings").bodyAsString().contains("\"akismetKeySet\":false"));
  }

  @Test
  void moderators_read_the_words_and_only_owners_change_anything() {
    var words =
        new JsonObject()
            .put("blockedWords", new JsonArray().add(" Casino* "))
            .put("suspectWords", new JsonArray());

    assertEquals(
        403,
        await(moderator.request(HttpMethod.PUT, "sites/blog/words").sendJsonObject(words))
            .statusCode());
    ok(await(owner.request(HttpMethod.PUT, "sites/blog/words").sendJsonObject(words)));

    assertEquals(
        new JsonArray().add("casino*"),
        moderator.read("sites/blog/words").getJsonArray("blockedWords"));
    assertEquals(403, moderator.get("sites/blog/settings").statusCode());
    assertEquals(
        403, moderator.patch("sites/blog", new JsonObject().put("name", "Mine")).statusCode());
    assertEquals(403, moderator.post("sites", new JsonObject().put("key", "x")).statusCode());
  }

  @Test
  void a_closed_page_takes_no_comments_until_it_is_reopened() {
    running.send(comment("Opens the page"));
    String id = page();

    ok(moderator.patch("pages/" + id, new JsonObject().put("open", false)));
    assertEquals(403, running.send(comment("Too late")).statusCode());
    ok(moderator.patch("pages/" + id, new JsonObject().put("open", true).put("mode", "open")));
    assertEquals(201, running.send(comment("Just in time")).statusCode());

    JsonObject elsewhere = new JsonObject().put("url", "https://evil.example/a.html");
    assertEquals(422, moderator.patch("pages/" + id, elsewhere).statusCode());
    assertEquals(
        "reopened, mode open",
        running
            .database()
            .ask(
                "select reason from audit where action = 'page-changed' order by id desc limit 1"));
  }

  @Test
  void an_imported_list_of_words_acts_and_goes_when_another_is_imported() {
    var blocked = new JsonArray();
    for (int i = 0; i < 3_000; i++) blocked.add("listed" + i);
    importWords(blocked, new JsonArray().add("dubious*"));

    assertEquals("blocked-word", reasonOf("Here is LISTED2999, and no more"));
    assertEquals("suspect-word", reasonOf("A dubiously cheap thing"));

    importWords(new JsonArray(), new JsonArray());
    assertEquals("", reasonOf("Here is listed2999 once more"));
  }

  private static void importWords(JsonArray blocked, JsonArray suspect) {
    var lists = new JsonObject().put("blockedWords", blocked).put("suspectWords", suspect);
    ok(await(owner.request(HttpMethod.PUT, "sites/blog/words").sendJsonObject(lists)));
  }

  /** Of the word lists' reasons the one that was given. */
  private static String reasonOf(String text) {
    var post = running.post().putHeader("X-Forwarded-For", "198.51.100.7");
    int status = await(post.sendJsonObject(comment(text))).statusCode();
    assertTrue(status == 201 || status == 202, text + " was answered " + status);
    return running
        .database()
        .ask(
            "select coalesce(string_agg(code, ' '), '') from unnest((select reasons from comment where source = '%s')) as code where code like '%%-word'"
                .formatted(text));
  }

  private static String page() {
    return owner
        .read("pages?site=blog&q=a.html")
        .getJsonArray("pages")
        .getJsonObject(0)
        .getString("id");
  }

  @Test
  void an_address_is_told_whose_page_it_is() {
    JsonObject ours =
        owner.read("sites/blog/check-url?url=https://blog.example/x.html?utm_source=y");
    JsonObject other = owner.read("sites/blog/check-url?url=https://www.blog.example/x.html");

    assertEquals("x.html", ours.getString("page"));
    assertTrue(ours.getBoolean("allowed"));
    assertFalse(other.getBoolean("allowed"));
    assertEquals("https://www.blog.example", other.getString("origin"));
  }
}
