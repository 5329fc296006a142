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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModeratingIT {
  static RunningService running;
  static String token;
  static String viewer;

  @BeforeAll
  static void start() {
    var held =
        new SiteSettings(Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
    running = new RunningService(held);
    token = person("mod@blog.example", Role.MODERATOR);
    viewer = person("viewer@blog.example", Role.VIEWER);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static String person(String email, Role role) {
    var moderators = running.service().moderators();
    await(
        moderators.add("test", email, "Mo " + role, Optional.empty(), Map.of("blog", role), false));
    return await(
        moderators.issueToken(email, "test", EnumSet.allOf(Scope.class), Optional.empty()));
  }

  @Test
  void a_held_comment_waits_in_the_queue_with_its_reason_and_is_published_by_a_decision() {
    String id = held("Please let me in");

    JsonObject card = card(id);
    JsonObject outcome = decide(token, "approve", id, 1).bodyAsJsonObject();

    assertEquals("Please let me in", card.getString("text"));
    assertTrue(card.getJsonArray("reasons").contains("site-holds-all"));
    assertEquals("ok", outcome.getJsonArray("items").getJsonObject(0).getString("result"));
    assertEquals(200, await(running.get("/api/v1/sites/blog/comments/" + id).send()).statusCode());
    assertEquals(
        "published",
        running.database().ask("select status from comment where source = 'Please let me in'"));
  }

  @Test
  void a_second_decision_on_the_same_version_is_told_who_was_first() {
    String id = held("Decided twice");
    decide(token, "reject", id, 1);

    JsonObject item =
        decide(token, "approve", id, 1).bodyAsJsonObject().getJsonArray("items").getJsonObject(0);

    assertEquals("conflict", item.getString("result"));
    assertEquals("rejected", item.getString("status"));
    assertEquals("Mo MODERATOR", item.getString("decidedBy"));
  }

  @Test
  void undo_brings_back_what_was_before_and_only_once() {
    String id = held("Approved by mistake");
    String decision = decide(token, "approve", id, 1).bodyAsJsonObject().getString("id");

    HttpResponse<Buffer> undone =
        post(token, "/api/v1/admin/decisions/" + decision + "/undo", new JsonObject());
    HttpResponse<Buffer> again =
        post(token, "/api/v1/admin/decisions/" + decision + "/undo", new JsonObject());

    assertEquals(200, undone.statusCode(), undone.bodyAsString());
    assertEquals(404, again.statusCode());
    assertEquals("pending", card(id).getString("status"));
    assertEquals(404, await(running.get("/api/v1/sites/blog/comments/" + id).send()).statusCode());
  }

  @Test
  void a_removed_parent_stays_as_a_tombstone_while_it_has_a_published_reply() {
    String parent = held("The parent");
    decide(token, "approve", parent, 1);
    JsonObject body = comment("The reply").put("parentId", parent);
    String reply = running.send(body).bodyAsJsonObject().getJsonObject("comment").getString("id");
    decide(token, "approve", reply, 1);

    decide(token, "delete", parent, 2);
    assertEquals("t", shown("The parent"));
    decide(token, "delete", reply, 2);

    assertEquals("f", shown("The parent"));
    assertEquals("f", shown("The reply"));
  }

  @Test
  void a_viewer_may_read_and_not_decide_and_nobody_may_without_a_token() {
    String id = held("Not for viewers");

    assertEquals(403, decide(viewer, "approve", id, 1).statusCode());
    assertEquals(
        200,
        await(running.get("/api/v1/admin/queue").bearerTokenAuthentication(viewer).send())
            .statusCode());
    assertEquals(401, await(running.get("/api/v1/admin/queue").send()).statusCode());
    assertEquals(
        404,
        await(running.get("/api/v1/admin/queue?site=other").bearerTokenAuthentication(token).send())
            .statusCode());
  }

  private static String shown(String source) {
    return running.database().ask("select shown from comment where source = '" + source + "'");
  }

  private static String held(String text) {
    return running.send(comment(text)).bodyAsJsonObject().getJsonObject("comment").getString("id");
  }

  private static JsonObject card(String id) {
    var answer =
        await(
            running
                .get("/api/v1/admin/queue?site=blog&limit=100&order=newest")
                .bearerTokenAuthentication(token)
                .send());
    JsonArray cards = answer.bodyAsJsonObject().getJsonArray("cards");
    for (int i = 0; i < cards.size(); i++) {
      if (cards.getJsonObject(i).getString("id").equals(id)) return cards.getJsonObject(i);
    }
    throw new AssertionError("not in the queue: " + answer.bodyAsString());
  }

  private static HttpResponse<Buffer> decide(String who, String action, String id, int version) {
    var items = new JsonArray().add(new JsonObject().put("id", id).put("version", version));
    return post(
        who, "/api/v1/admin/decisions", new JsonObject().put("action", action).put("items", items));
  }

  private static HttpResponse<Buffer> post(String who, String path, JsonObject body) {
    String origin = "http://localhost:" + running.service().httpPort();
    return await(
        running
            .postTo(path)
            .putHeader("Origin", origin)
            .bearerTokenAuthentication(who)
            .sendJsonObject(body));
  }
}
