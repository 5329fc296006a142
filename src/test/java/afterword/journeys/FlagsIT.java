package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three reports bring a comment back to the queue; a decision says whether they were right. */
class FlagsIT {
  private static final SiteSettings OPEN =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
  private static RunningService running;
  private static String token;

  @BeforeAll
  static void start() {
    running = new RunningService(OPEN);
    var people = running.service().moderators();
    await(
        people.add(
            "test", "mo@example.org", "Mo", Optional.empty(), Map.of("blog", Role.OWNER), false));
    token =
        await(
            people.issueToken(
                "mo@example.org", "test", EnumSet.allOf(Scope.class), Optional.empty()));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void the_third_report_sends_a_comment_back_to_the_queue_and_repeats_count_once() {
    String id = posted("Reported three times");

    for (int i = 0; i < 5; i++) assertEquals(204, flag(id, 1, 1).statusCode());
    assertEquals(204, flag(id, 2, 2).statusCode());
    assertEquals("published pending 0", status(id) + " pending " + waiting(id));

    assertEquals(204, flag(id, 3, 3).statusCode());

    assertEquals("pending", status(id));
    assertEquals(
        "{flagged}",
        running.database().ask("select reasons::text from comment where id = " + row(id)));
    assertFalse(thread().contains("Reported three times"));
    assertEquals(404, flag(id, 4, 4).statusCode());
  }

  @Test
  void many_keys_from_one_address_weigh_as_much_as_one() {
    String id = posted("One person with many keys");

    for (int i = 0; i < 10; i++) flag(id, 100 + i, 9);

    assertEquals("published", status(id));
  }

  @Test
  void reporters_whom_moderators_keep_refusing_do_not_reach_the_threshold_any_more() {
    for (int round = 0; round < 3; round++) {
      String id = posted("Harmless " + round);
      for (int i = 0; i < 12; i++) flag(id, 200 + i, 20 + i);
      assertEquals("pending", status(id));
      decide("approve", id);
    }

    String id = posted("Harmless still");
    for (int i = 0; i < 3; i++) flag(id, 200 + i, 20 + i);

    assertEquals("published", status(id));
    assertTrue(
        Integer.parseInt(
                running
                    .database()
                    .ask("select max(weight) from flag where comment_id = " + row(id)))
            < 100);
  }

  @Test
  void a_decision_settles_reports_and_taking_it_back_opens_them_again() {
    String id = posted("Decided and taken back");
    for (int i = 0; i < 3; i++) flag(id, 300 + i, 40 + i);

    String decision = decide("reject", id);
    assertEquals("3", count(id, "upheld"));

    await(
        running
            .postTo("/api/v1/admin/decisions/" + decision + "/undo")
            .bearerTokenAuthentication(token)
            .send());
    assertEquals("3", count(id, "settled_at is null"));
  }

  @Test
  void reports_at_the_same_moment_count_right() {
    String id = posted("Everybody at once");
    var sent = new ArrayList<Future<?>>();
    for (int i = 0; i < 200; i++) sent.add(send(id, 400 + i % 100, 60 + i % 100));

    await(Future.join(sent));

    assertEquals("pending", status(id));
    assertEquals(
        "1",
        running
            .database()
            .ask(
                "select count(*) from audit where action = 'hold' and actor = 'readers' and object = 'comment:"
                    + row(id)
                    + "'"));
    assertEquals(
        "0",
        running
            .database()
            .ask(
                "select count(*) from (select 1 from flag where comment_id = "
                    + row(id)
                    + " group by reporter having count(*) > 1) x"));
  }

  private static String count(String id, String which) {
    return running
        .database()
        .ask("select count(*) from flag where comment_id = " + row(id) + " and " + which);
  }

  private static String posted(String text) {
    JsonObject posted = running.send(comment(text)).bodyAsJsonObject();
    return posted.getJsonObject("comment").getString("id");
  }

  private static HttpResponse<Buffer> flag(String id, int reporter, int address) {
    return await(send(id, reporter, address));
  }

  private static Future<HttpResponse<Buffer>> send(String id, int reporter, int address) {
    return running
        .postTo("/api/v1/sites/blog/comments/" + id + "/flags")
        .putHeader("Origin", RunningService.ORIGIN)
        .putHeader("X-Forwarded-For", "198.51.100." + address)
        .sendJsonObject(
            new JsonObject()
                .put("reason", "spam")
                .put("note", "Really?")
                .put("commenterKey", "%032x".formatted(reporter)));
  }

  private static String decide(String action, String id) {
    String version = running.database().ask("select version from comment where id = " + row(id));
    var item = new JsonObject().put("id", id).put("version", Integer.parseInt(version));
    HttpResponse<Buffer> decided =
        await(
            running
                .request(HttpMethod.POST, "/api/v1/admin/decisions")
                .bearerTokenAuthentication(token)
                .sendJsonObject(
                    new JsonObject()
                        .put("action", action)
                        .put("items", new JsonArray().add(item))));
    assertEquals(200, decided.statusCode(), decided.bodyAsString());
    return decided.bodyAsJsonObject().getString("id");
  }

  private static String status(String id) {
    return running.database().ask("select status from comment where id = " + row(id));
  }

  private static String waiting(String id) {
    return running
        .database()
        .ask("select count(*) from comment where status = 'pending' and id = " + row(id));
  }

  private static long row(String id) {
    return afterword.model.PublicId.parse(id).orElseThrow().row();
  }

  private static String thread() {
    return await(running.get("/api/v1/sites/blog/thread?page=a.html&limit=100").send())
        .bodyAsString();
  }
}
