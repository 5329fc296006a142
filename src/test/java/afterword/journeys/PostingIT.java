package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostingIT {
  static final SiteSettings OPEN =
      new SiteSettings(
          Mode.OPEN, 1, 2, List.of("casino*"), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
  static RunningService running;

  @BeforeAll
  static void start() {
    running = new RunningService(OPEN);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void publishes_a_comment_and_returns_the_token_of_its_owner() {
    HttpResponse<Buffer> answer = running.send(comment("Hello *you*"));

    assertEquals(201, answer.statusCode(), answer.bodyAsString());
    JsonObject comment = answer.bodyAsJsonObject().getJsonObject("comment");
    assertEquals("<p>Hello <em>you</em></p>", comment.getString("html").strip());
    assertEquals("published", comment.getString("status"));
    assertTrue(answer.getHeader("Location").endsWith(comment.getString("id")));
    assertFalse(answer.bodyAsJsonObject().getString("ownerToken").isEmpty());
  }

  @Test
  void holds_a_blocked_word_and_shows_it_to_its_owner_only() {
    JsonObject held = running.send(comment("Best casinos in town")).bodyAsJsonObject();
    String path = "/api/v1/sites/blog/comments/" + held.getJsonObject("comment").getString("id");

    HttpResponse<Buffer> stranger = await(running.get(path).send());
    HttpResponse<Buffer> owner =
        await(running.get(path).bearerTokenAuthentication(held.getString("ownerToken")).send());

    assertEquals("pending", held.getJsonObject("comment").getString("status"));
    assertEquals(404, stranger.statusCode());
    assertEquals(200, owner.statusCode());
    assertEquals(
        "Best casinos in town",
        owner.bodyAsJsonObject().getJsonObject("comment").getString("source"));
  }

  @Test
  void makes_one_comment_of_twenty_posts_with_one_key() {
    JsonObject body = comment("One of twenty");
    var posts = new ArrayList<Future<HttpResponse<Buffer>>>();
    for (int i = 0; i < 20; i++) {
      posts.add(
          running
              .post()
              .putHeader("Idempotency-Key", "twenty-times-the-same-key")
              .sendJsonObject(body));
    }
    List<HttpResponse<Buffer>> answers = await(Future.all(posts)).list();

    Set<Integer> codes =
        answers.stream()
            .map(HttpResponse::statusCode)
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(Set.of(201, 409).containsAll(codes), codes.toString());
    HttpResponse<Buffer> repeat =
        await(
            running
                .post()
                .putHeader("Idempotency-Key", "twenty-times-the-same-key")
                .sendJsonObject(body));
    assertEquals(201, repeat.statusCode());
    assertEquals(
        "1", running.database().ask("select count(*) from comment where source = 'One of twenty'"));
    answers.stream()
        .filter(a -> a.statusCode() == 201)
        .forEach(a -> assertEquals(repeat.bodyAsString(), a.bodyAsString()));
  }

  @Test
  void refuses_another_post_with_a_used_key() {
    await(
        running
            .post()
            .putHeader("Idempotency-Key", "used-for-something-else")
            .sendJsonObject(comment("First use")));

    HttpResponse<Buffer> second =
        await(
            running
                .post()
                .putHeader("Idempotency-Key", "used-for-something-else")
                .sendJsonObject(comment("Second")));

    assertEquals(422, second.statusCode());
    assertTrue(
        second.bodyAsJsonObject().getString("type").endsWith("/problems/idempotency-key-reused"));
  }

  @Test
  void names_every_wrong_field_at_once_unknown_and_privileged_ones_included() {
    JsonObject wrong =
        comment(" ")
            .put("status", "published")
            .put("id", "1")
            .put("site", "other")
            .put("createdAt", "2020-01-01T00:00:00Z")
            .put("badge", "staff")
            .put(
                "author",
                new JsonObject().put("name", "").put("email", "no").put("url", "javascript:x"));

    HttpResponse<Buffer> answer = running.send(wrong);

    assertEquals(422, answer.statusCode());
    JsonArray errors = answer.bodyAsJsonObject().getJsonArray("errors");
    var pointers = new TreeSet<String>();
    for (int i = 0; i < errors.size(); i++)
      pointers.add(errors.getJsonObject(i).getString("pointer"));
    assertEquals(
        Set.of(
            "/author/email",
            "/author/name",
            "/author/url",
            "/badge",
            "/body",
            "/createdAt",
            "/id",
            "/site",
            "/status"),
        pointers);
  }

  @Test
  void takes_the_longest_legal_comment_in_chinese_and_in_emoji() {
    assertEquals(201, running.send(comment("汉".repeat(Limits.TEXT))).statusCode());
    assertEquals(201, running.send(comment("🙂".repeat(Limits.TEXT))).statusCode());
    assertEquals(422, running.send(comment("a".repeat(Limits.TEXT + 1))).statusCode());
  }

  @Test
  void refuses_foreign_origins_and_pages_that_are_not_on_the_site() {
    JsonObject elsewhere = comment("Hi");
    elsewhere.getJsonObject("page").put("url", "https://elsewhere.example/a.html");

    HttpResponse<Buffer> foreign =
        await(
            running
                .post()
                .putHeader("Origin", "https://evil.example")
                .sendJsonObject(comment("Hi")));
    HttpResponse<Buffer> none =
        await(running.post().putHeader("Origin", "null").sendJsonObject(comment("Hi")));
    HttpResponse<Buffer> page = running.send(elsewhere);

    assertEquals(403, foreign.statusCode());
    assertTrue(foreign.bodyAsString().contains("origin-not-allowed"));
    assertEquals("*", foreign.getHeader("Access-Control-Allow-Origin"));
    assertEquals(403, none.statusCode());
    assertEquals(403, page.statusCode());
    assertTrue(page.bodyAsString().contains("page-not-on-site"));
  }

  @Test
  void nests_a_reply_and_refuses_one_to_what_is_not_public() {
    JsonObject parent =
        running.send(comment("A parent")).bodyAsJsonObject().getJsonObject("comment");
    JsonObject held =
        running.send(comment("A casino parent")).bodyAsJsonObject().getJsonObject("comment");

    HttpResponse<Buffer> reply =
        running.send(comment("A reply").put("parentId", parent.getString("id")));
    HttpResponse<Buffer> toHeld =
        running.send(comment("Another").put("parentId", held.getString("id")));

    assertEquals(201, reply.statusCode());
    assertEquals(1, reply.bodyAsJsonObject().getJsonObject("comment").getInteger("depth"));
    assertEquals(422, toHeld.statusCode());
  }

  @Test
  void refuses_the_same_text_within_a_day_and_swallows_what_fills_the_trap() {
    running.send(comment("Said once"));

    assertEquals(409, running.send(comment("said  ONCE")).statusCode());
    HttpResponse<Buffer> trapped = running.send(comment("I am a program").put("trap", "x"));
    assertEquals(202, trapped.statusCode());
    assertEquals(
        "pending", trapped.bodyAsJsonObject().getJsonObject("comment").getString("status"));
    assertEquals(
        "spam",
        running.database().ask("select status from comment where source = 'I am a program'"));
  }

  @Test
  void counts_as_many_as_a_recount() {
    running.send(comment("Counted"));

    await(io.vertx.core.Future.succeededFuture());
    String counted =
        "select (select coalesce(sum(published), 0) from thread_counter) + (select coalesce(sum(e.delta), 0) from event e,"
            + " reader_position r where r.reader = 'counters' and (e.xid, e.id) > (r.xid, r.event_id))";
    assertEquals(
        running.database().ask("select count(*) from comment where status = 'published'"),
        running.database().ask(counted));
  }
}
