package afterword.journeys;

import static afterword.journeys.AdminClient.item;
import static afterword.journeys.AdminClient.ok;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.db.TestDatabase;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.PublicId;
import afterword.model.SiteSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What moderators do to single comments and to people. */
class CommentAdminIT {
  private static final String KEY = "77".repeat(16);
  private static RunningService running;
  private static AdminClient owner;
  private static AdminClient moderator;

  @BeforeAll
  static void start() {
    var held =
        new SiteSettings(Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
    running = new RunningService(held);
    owner = AdminClient.of(running, "Olive", Map.of("blog", Role.OWNER));
    moderator = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void a_text_is_redacted_readers_see_it_at_once_and_what_was_approved_stays_to_compare() {
    String id = published("My number is 555-0100, call me");

    JsonObject seen =
        ok(
            moderator.patch(
                "comments/" + id,
                new JsonObject().put("body", "My number is […]").put("version", 2)));

    assertEquals(
        "My number is 555-0100, call me", seen.getJsonObject("card").getString("approvedText"));
    assertEquals(1, seen.getJsonArray("revisions").size());
    assertTrue(thread().contains("My number is […]"), thread());
    assertFalse(thread().contains("555-0100"));
    assertEquals("edit", audited(id, "1"));
  }

  @Test
  void
      an_answer_in_the_name_of_the_site_approves_what_it_answers_and_undo_takes_the_approval_back() {
    String id = held("A question that waits?", "q1");

    HttpResponse<Buffer> answer =
        moderator.post(
            "comments/" + id + "/replies", new JsonObject().put("body", "Yes, **always**."));

    assertEquals(201, answer.statusCode(), answer.bodyAsString());
    JsonObject card = answer.bodyAsJsonObject().getJsonObject("card");
    assertEquals("staff", card.getJsonObject("author").getString("badge"));
    assertEquals("Mo", card.getJsonObject("author").getString("name"));
    assertEquals(id, card.getJsonObject("parent").getString("id"));
    assertTrue(thread().contains("<strong>always</strong>") || thread().contains("always"));
    assertEquals("published", status(id));
    ok(
        moderator.post(
            "decisions/" + answer.bodyAsJsonObject().getString("decision") + "/undo",
            new JsonObject()));
    assertEquals("pending", status(id));
    moderator.decide("reject", item(id, 3));
    assertEquals(
        422,
        moderator
            .post("comments/" + id + "/replies", new JsonObject().put("body", "x"))
            .statusCode());
  }

  @Test
  void under_a_locked_comment_nobody_answers_at_any_depth() {
    String root = published("A heated root");
    String reply = published("A heated reply", root);

    ok(moderator.patch("comments/" + root, new JsonObject().put("locked", true)));
    HttpResponse<Buffer> refused = running.send(comment("Even more heat").put("parentId", reply));
    ok(moderator.patch("comments/" + root, new JsonObject().put("locked", false)));
    HttpResponse<Buffer> taken = running.send(comment("Cooled down").put("parentId", reply));

    assertEquals(422, refused.statusCode());
    assertTrue(refused.bodyAsString().contains("\"locked\""));
    assertEquals(202, taken.statusCode());
  }

  @Test
  void a_root_is_pinned_and_a_reply_cannot_be() {
    String root = published("Read this first");
    published("Something newer");
    String reply = published("A mere reply", root);

    ok(moderator.patch("comments/" + root, new JsonObject().put("pinned", true)));

    assertEquals("Read this first", firstOfThread());
    assertEquals(
        422,
        moderator.patch("comments/" + reply, new JsonObject().put("pinned", true)).statusCode());
    ok(moderator.patch("comments/" + root, new JsonObject().put("pinned", false)));
  }

  @Test
  void nothing_brings_back_what_was_erased() {
    String id = published("Erased, and wanted back");
    int version = owner.read("comments/" + id).getJsonObject("card").getInteger("version");
    String deleted = owner.decide("delete", item(id, version)).getString("id");
    assertEquals(204, owner.delete("comments/" + id + "?erase=true").statusCode());
    int erased = owner.read("comments/" + id).getJsonObject("card").getInteger("version");

    ok(owner.post("decisions/" + deleted + "/undo", new JsonObject()));
    for (String action : List.of("approve", "restore", "reject"))
      assertEquals(
          "gone",
          owner
              .decide(action, item(id, erased))
              .getJsonArray("items")
              .getJsonObject(0)
              .getString("result"),
          action);

    assertEquals("deleted", status(id));
  }

  @Test
  void erasing_leaves_no_text_anywhere_and_the_record_that_it_happened() {
    String id = published("Unforgettable phrase");
    ok(
        moderator.patch(
            "comments/" + id,
            new JsonObject().put("body", "Unforgettable phrase, edited").put("version", 2)));

    running
        .database()
        .run(
            "update comment set notes = '{\"found\": [\"unforgettable\"]}' where text like 'Unforgettable%'");

    assertEquals(403, moderator.delete("comments/" + id + "?erase=true").statusCode());
    assertEquals(204, owner.delete("comments/" + id + "?erase=true").statusCode());

    assertEquals("erase", audited(id, "1"));
    for (String table :
        List.of("comment", "comment_revision", "audit", "event", "decision", "idempotency_key"))
      assertEquals(
          "0",
          running
              .database()
              .ask("select count(*) from " + table + " t where t::text ilike '%unforgettable%'"),
          table);
    assertEquals(
        "0",
        running
            .database()
            .ask(
                "select count(*) from text_print where comment_id in"
                    + " (select id from comment where text = '')"));
    assertFalse(thread().contains("Unforgettable"));
  }

  @Test
  void what_a_colleague_rejects_meanwhile_is_not_erased_unseen() throws Exception {
    String id = published("Rejected while somebody erases it");

    try (Connection colleague = running.database().connect();
        Statement rejecting = colleague.createStatement()) {
      colleague.setAutoCommit(false);
      rejecting.execute(
          "update comment set status = 'rejected', version = version + 1 where text = 'Rejected while somebody erases it'");
      var erasing =
          CompletableFuture.supplyAsync(() -> owner.delete("comments/" + id + "?erase=true"));
      Eventually.eventually("erasing waited", () -> TestDatabase.isWaitedFor(rejecting));
      colleague.commit();
      assertEquals(409, erasing.get().statusCode());
    }

    assertEquals(
        "Rejected while somebody erases it",
        running.database().ask("select text from comment where text like 'Rejected while%'"));
  }

  @Test
  void a_ban_keeps_out_turns_down_what_waits_and_ends() {
    String first = held("Buy my pills", KEY);
    String second = held("Buy my other pills", KEY);
    String author =
        owner
            .read("comments/" + first)
            .getJsonObject("card")
            .getJsonObject("author")
            .getString("id");

    HttpResponse<Buffer> made =
        moderator.post(
            "bans",
            new JsonObject()
                .put("site", "blog")
                .put("author", author)
                .put("reason", "pills")
                .put("rejectPending", true));

    assertEquals(201, made.statusCode(), made.bodyAsString());
    assertEquals(2, made.bodyAsJsonObject().getInteger("rejected"));
    assertEquals("rejected", status(second));
    assertEquals(403, post("More pills", KEY, "198.51.100.9").statusCode());
    assertTrue(owner.read("authors/" + author).getJsonObject("history").getBoolean("banned"));
    String ban = made.bodyAsJsonObject().getJsonObject("ban").getString("id");
    assertEquals(204, moderator.delete("bans/" + ban).statusCode());
    assertEquals(404, moderator.delete("bans/" + ban).statusCode());
    assertEquals(202, post("No pills", KEY, "198.51.100.9").statusCode());
    ok(
        moderator.post(
            "decisions/" + made.bodyAsJsonObject().getString("decision") + "/undo",
            new JsonObject()));
    assertEquals("pending", status(second));
  }

  @Test
  void bans_by_pattern_and_by_range_match_and_a_shadow_ban_is_not_told() {
    ban(new JsonObject().put("email", "*@shop.example"));
    ban(new JsonObject().put("range", "203.0.113.77/24").put("shadow", true));
    String near =
        post("From a house", "31".repeat(16), "192.0.2.55")
            .bodyAsJsonObject()
            .getJsonObject("comment")
            .getString("id");
    ban(new JsonObject().put("rangeOf", near));

    JsonObject mail = comment("Visit my shop");
    mail.getJsonObject("author").put("email", "Sales@SHOP.example");
    assertEquals(403, running.send(mail).statusCode());
    assertEquals(202, post("From the range", "32".repeat(16), "203.0.113.5").statusCode());
    assertEquals(
        "rejected",
        running.database().ask("select status from comment where source = 'From the range'"));
    assertEquals(403, post("Same house", "33".repeat(16), "192.0.2.55").statusCode());
    assertEquals(202, post("Other house", "34".repeat(16), "192.0.2.56").statusCode());
    assertTrue(owner.get("bans").bodyAsString().contains("*@shop.example"));
    assertTrue(owner.get("bans").bodyAsString().contains("203.0.113.0/24"));
  }

  @Test
  void a_ban_names_everything_that_is_wrong_with_it() {
    HttpResponse<Buffer> answer =
        moderator.post(
            "bans",
            new JsonObject()
                .put("range", "300.1.2.3")
                .put("expiresAt", "2001-01-01T00:00:00Z")
                .put("colour", "red"));

    assertEquals(422, answer.statusCode());
    for (String pointer : List.of("/site", "/range", "/expiresAt", "/colour"))
      assertTrue(answer.bodyAsString().contains("\"" + pointer + "\""), answer.bodyAsString());
  }

  private static void ban(JsonObject target) {
    HttpResponse<Buffer> made = moderator.post("bans", target.put("site", "blog"));
    assertEquals(201, made.statusCode(), made.bodyAsString());
  }

  private static String status(String id) {
    return owner.read("comments/" + id).getJsonObject("card").getString("status");
  }

  private static String audited(String id, String nth) {
    long row = PublicId.parse(id).orElseThrow().row();
    return running
        .database()
        .ask(
            "select action from audit where object = 'comment:"
                + row
                + "' order by id desc limit "
                + nth);
  }

  private static String thread() {
    return await(running.get("/api/v1/sites/blog/thread?page=a.html&limit=100").send())
        .bodyAsString();
  }

  private static String firstOfThread() {
    String html =
        new JsonObject(thread()).getJsonArray("comments").getJsonObject(0).getString("html");
    return html.replaceAll("<[^>]*>", "");
  }

  private static String published(String text) {
    return published(text, null);
  }

  private static String published(String text, String parent) {
    String id =
        running
            .send(comment(text).put("parentId", parent))
            .bodyAsJsonObject()
            .getJsonObject("comment")
            .getString("id");
    moderator.decide("approve", item(id, 1));
    return id;
  }

  private static String held(String text, String key) {
    return post(text, key.length() == 32 ? key : "ab".repeat(16), "198.51.100.7")
        .bodyAsJsonObject()
        .getJsonObject("comment")
        .getString("id");
  }

  private static HttpResponse<Buffer> post(String text, String key, String address) {
    return await(
        running
            .post()
            .putHeader("X-Forwarded-For", address)
            .sendJsonObject(comment(text).put("commenterKey", key)));
  }
}
