package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What nobody but its author and the moderators may learn, looked for in everything that is public.
 */
class SecrecyIT {
  private static final SiteSettings OPEN =
      new SiteSettings(
          Mode.OPEN, 1, 2, List.of("casino"), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
  private static final String KEY = "00112233445566778899aabbccddeeff";

  @Test
  void public_answers_hold_nothing_that_is_not_public() {
    try (var running = new RunningService(OPEN)) {
      JsonObject shown = post(running, "Openly said", null);
      JsonObject held = post(running, "casino, held secret", null);
      JsonObject parent = post(running, "rejected secret", null);
      post(running, "Reply below what is rejected", parent.getString("id"));
      JsonObject spam = post(running, "spam secret", null);
      JsonObject deleted = post(running, "deleted secret", null);
      change(running, parent, "rejected");
      change(running, spam, "spam");
      change(running, deleted, "deleted");

      String all = everythingPublic(running, List.of(shown, held, parent, spam, deleted));

      assertTrue(all.contains("Openly said"));
      assertTrue(all.contains("Reply below what is rejected"));
      for (String secret : secrets(running))
        assertFalse(all.contains(secret), () -> "public: " + secret);
    }
  }

  @Test
  void public_answers_of_a_site_hold_nothing_of_another() {
    try (var running = new RunningService(OPEN)) {
      String elsewhere = "https://other.example";
      await(running.service().sites().add("other", "Other", List.of(elsewhere), OPEN));
      JsonObject own = post(running, "Openly said", null);
      JsonObject body = RunningService.comment("Said elsewhere");
      body.getJsonObject("page").put("url", elsewhere + "/a.html");
      HttpResponse<Buffer> answer =
          await(
              running
                  .postTo("/api/v1/sites/other/comments")
                  .putHeader("Origin", elsewhere)
                  .putHeader("Idempotency-Key", "said-elsewhere-once")
                  .sendJsonObject(body));
      assertEquals(201, answer.statusCode(), answer::bodyAsString);
      JsonObject foreign = answer.bodyAsJsonObject().getJsonObject("comment");

      String all = everythingPublic(running, List.of(own, foreign));

      assertTrue(all.contains("Openly said"));
      assertFalse(all.contains("Said elsewhere"));
    }
  }

  @Test
  void the_database_holds_no_address_no_commenter_key_and_no_usable_token() {
    try (var running = new RunningService(OPEN)) {
      HttpResponse<Buffer> answer =
          await(
              running
                  .post()
                  .putHeader("X-Forwarded-For", "203.0.113.77")
                  .putHeader("Idempotency-Key", "a-key-that-is-not-to-be-kept")
                  .sendJsonObject(comment("Look for me").put("commenterKey", KEY)));
      String token = answer.bodyAsJsonObject().getString("ownerToken");

      String rows =
          running.database().ask("select string_agg(t::text, '') from (" + everyRow() + ") as t");

      assertTrue(rows.contains("Look for me"));
      for (String secret :
          List.of(
              "203.0.113.77",
              KEY,
              token,
              "a-key-that-is-not-to-be-kept",
              hex("a-key-that-is-not-to-be-kept"),
              hex(token))) {
        assertFalse(
            rows.toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT)),
            () -> "stored: " + secret);
      }
    }
  }

  private static JsonObject post(RunningService running, String text, String parent) {
    JsonObject comment = comment(text).put("commenterKey", KEY).put("parentId", parent);
    comment.getJsonObject("author").put("email", "ada.secret@mail.example");
    HttpResponse<Buffer> answer =
        await(running.post().putHeader("X-Forwarded-For", "203.0.113.77").sendJsonObject(comment));
    assertTrue(answer.statusCode() < 300, answer.bodyAsString());
    return answer.bodyAsJsonObject().getJsonObject("comment");
  }

  private static void change(RunningService running, JsonObject comment, String status) {
    running
        .database()
        .run(
            "with c as (update comment set status = '%s', version = 2, decided_at = now() where source = '%s' returning *)"
                    .formatted(status, comment.getString("source"))
                + " insert into event (site_id, kind, thread_id, comment_id, root_id, delta,"
                + " created_at) select site_id, 'comment-changed', thread_id, id, root_id, -1,"
                + " now() from c");
    running
        .database()
        .run(
            "select refresh_shown(site_id, id) from comment where source = '"
                + comment.getString("source")
                + "'");
    Eventually.eventually(
        "the cache learnt of " + status,
        () ->
            !await(running.get("/api/v1/sites/blog/thread?page=a.html").send())
                .bodyAsString()
                .contains(comment.getString("source")));
  }

  private static String everythingPublic(RunningService running, List<JsonObject> comments) {
    var all = new StringBuilder();
    for (String path :
        List.of(
            "thread?page=a.html",
            "thread?page=a.html&order=oldest",
            "latest",
            "counts?page=a.html")) {
      HttpResponse<Buffer> answer = await(running.get("/api/v1/sites/blog/" + path).send());
      assertEquals(200, answer.statusCode(), path);
      all.append(answer.headers()).append(answer.bodyAsString());
    }
    for (String path :
        List.of(
            "/t?site=blog&page=a.html",
            "/embed/v1/fragment?site=blog&page=a.html",
            "/api/v1/sites/blog/feed.atom",
            "/api/v1/sites/blog/feed.atom?page=a.html",
            "/api/v1/sites/blog/feed.json",
            "/api/v1/sites/blog/feed.json?page=a.html")) {
      HttpResponse<Buffer> answer = await(running.get(path).send());
      assertEquals(200, answer.statusCode(), path);
      assertTrue(answer.bodyAsString().contains("Openly said"), path);
      all.append(answer.headers()).append(answer.bodyAsString());
    }
    for (JsonObject comment : comments) {
      HttpResponse<Buffer> link =
          await(running.get("/c/" + comment.getString("id")).followRedirects(false).send());
      all.append(link.headers()).append(link.bodyAsString());
      String path = "/api/v1/sites/blog/comments/" + comment.getString("id");
      for (String one : List.of(path, path + "/replies")) {
        HttpResponse<Buffer> answer = await(running.get(one).send());
        all.append(answer.headers()).append(answer.bodyAsString());
      }
    }
    return all.toString();
  }

  private static List<String> secrets(RunningService running) {
    var secrets =
        new ArrayList<>(
            List.of(
                "held secret",
                "rejected secret",
                "spam secret",
                "deleted secret",
                "ada.secret",
                "203.0.113.77",
                KEY));
    String hashes =
        running
            .database()
            .ask(
                "select string_agg(encode(h, 'hex'), ' ') from comment, unnest(array[address_hash,"
                    + " range_hash, owner_token_hash, fingerprint]) as h");
    for (String hex : hashes.split(" ")) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      secrets.add(hex);
      secrets.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      secrets.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    }
    return secrets;
  }

  private static String everyRow() {
    return "select to_jsonb(c)::text from comment c union all select to_jsonb(k)::text from"
        + " idempotency_key k union all select to_jsonb(m)::text from commenter m union all"
        + " select to_jsonb(a)::text from audit a union all select to_jsonb(e)::text from"
        + " event e";
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
