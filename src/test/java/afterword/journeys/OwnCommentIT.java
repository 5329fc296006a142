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
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OwnCommentIT {
  private static final SiteSettings OPEN =
      new SiteSettings(
          Mode.OPEN, 1, 2, List.of("casino*"), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
  private static RunningService running;

  @BeforeAll
  static void start() {
    running = new RunningService(OPEN);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void an_author_edits_what_was_published_and_the_old_text_is_kept() {
    Own own = post("With a tpyo");

    HttpResponse<Buffer> edited = own.edit("With a typo", "\"1\"");

    JsonObject comment = edited.bodyAsJsonObject().getJsonObject("comment");
    assertEquals(200, edited.statusCode());
    assertEquals("\"2\"", edited.getHeader("ETag"));
    assertEquals("With a typo", comment.getString("source"));
    assertEquals("published", comment.getString("status"));
    assertFalse(comment.getString("editedAt").isEmpty());
    assertEquals(
        "1",
        running
            .database()
            .ask("select version from comment_revision where source = 'With a tpyo'"));
    assertTrue(thread().contains("With a typo"));
  }

  @Test
  void a_published_comment_edited_into_spam_is_not_public_any_more() {
    Own own = post("An honest opinion");

    JsonObject edited =
        own.edit("Best casino", "\"1\"").bodyAsJsonObject().getJsonObject("comment");

    assertEquals("pending", edited.getString("status"));
    assertFalse(thread().contains("casino"));
    assertFalse(thread().contains("An honest opinion"));
    assertEquals(404, own.see().statusCode());
  }

  @Test
  void a_held_comment_is_published_once_its_author_has_taken_out_the_reason() {
    Own own = post("A casino again");

    assertEquals(
        "published",
        own.edit("A house again", "\"1\"")
            .bodyAsJsonObject()
            .getJsonObject("comment")
            .getString("status"));
  }

  @Test
  void two_edits_of_one_version_make_one_change_and_the_other_learns_of_it() {
    Own own = post("Version one");
    own.edit("Version two", "\"1\"");

    HttpResponse<Buffer> late = own.edit("Another version two", "\"1\"");

    assertEquals(412, late.statusCode());
    assertEquals(
        "Version two", late.bodyAsJsonObject().getJsonObject("comment").getString("source"));
  }

  @Test
  void what_is_withdrawn_is_gone_and_withdrawing_twice_is_no_mistake() {
    Own own = post("Better not");

    assertEquals(204, own.withdraw("\"1\"").statusCode());
    assertEquals(204, own.withdraw("\"1\"").statusCode());
    assertEquals(404, own.see().statusCode());
    assertFalse(thread().contains("Better not"));
    assertEquals(403, own.edit("Or so", "\"2\"").statusCode());
  }

  @Test
  void a_withdrawn_comment_with_a_reply_leaves_a_tombstone_without_its_text() {
    Own own = post("Parent to be withdrawn");
    running.send(comment("A reply that stays").put("parentId", own.id()));

    own.withdraw("\"1\"");

    assertFalse(thread().contains("Parent to be withdrawn"));
    assertTrue(thread().contains("A reply that stays"));
    assertTrue(thread().contains(own.id()));
  }

  @Test
  void a_token_is_good_for_its_own_comment_alone() {
    Own own = post("Mine");
    Own other = post("Yours");

    assertEquals(401, new Own(own.id(), other.token()).edit("Ours", "\"1\"").statusCode());
    assertEquals(401, new Own(own.id(), other.token()).withdraw("\"1\"").statusCode());
  }

  @Test
  void a_token_of_one_site_is_good_for_nothing_on_another() {
    await(
        running
            .service()
            .sites()
            .add("other", "Other", List.of(RunningService.ORIGIN), running.site().settings()));
    Own own = post("On the first site");
    String comments = "/api/v1/sites/other/comments";
    String yours =
        await(
                running
                    .postTo(comments)
                    .putHeader("Origin", RunningService.ORIGIN)
                    .putHeader("Idempotency-Key", "a-key-for-the-other-site")
                    .sendJsonObject(comment("On the other site")))
            .bodyAsJsonObject()
            .getJsonObject("comment")
            .getString("id");

    for (HttpMethod method : List.of(HttpMethod.PATCH, HttpMethod.DELETE)) {
      assertEquals(401, refused(method, comments + "/" + yours, own.token()), method.name());
      assertEquals(404, refused(method, comments + "/" + own.id(), own.token()), method.name());
    }
    assertEquals(
        "1 1",
        running
            .database()
            .ask(
                "select string_agg(version::text, ' ') from comment where source like 'On the %'"));
  }

  private static int refused(HttpMethod method, String path, String token) {
    return await(
            running
                .request(method, path)
                .putHeader("Origin", RunningService.ORIGIN)
                .putHeader("If-Match", "\"1\"")
                .bearerTokenAuthentication(token)
                .sendJsonObject(new JsonObject().put("body", "Changed")))
        .statusCode();
  }

  private record Own(String id, String token) {
    HttpResponse<Buffer> edit(String text, String version) {
      return await(
          request(HttpMethod.PATCH, version).sendJsonObject(new JsonObject().put("body", text)));
    }

    HttpResponse<Buffer> withdraw(String version) {
      return await(request(HttpMethod.DELETE, version).send());
    }

    /** As everybody sees it. */
    HttpResponse<Buffer> see() {
      return await(running.get("/api/v1/sites/blog/comments/" + id).send());
    }

    private HttpRequest<Buffer> request(HttpMethod method, String version) {
      return running
          .post()
          .method(method)
          .uri("/api/v1/sites/blog/comments/" + id)
          .putHeader("If-Match", version)
          .bearerTokenAuthentication(token);
    }
  }

  private static Own post(String text) {
    JsonObject posted = running.send(comment(text)).bodyAsJsonObject();
    return new Own(posted.getJsonObject("comment").getString("id"), posted.getString("ownerToken"));
  }

  private static String thread() {
    return await(running.get("/api/v1/sites/blog/thread?page=a.html&limit=100").send())
        .bodyAsString();
  }
}
