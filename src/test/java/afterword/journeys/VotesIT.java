package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
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
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VotesIT {
  /** 10,000 where there is time for it. */
  private static final int MANY = Integer.getInteger("afterword.votes", 1_000);

  private static final SiteSettings SETTINGS =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 1_000, 1, 100_000);

  private RunningService running;

  @BeforeAll
  void start() {
    running = new RunningService(SETTINGS);
  }

  @AfterAll
  void stop() {
    running.close();
  }

  @Test
  void one_commenter_has_one_vote_and_may_change_it() {
    String id = posted("Vote for me");

    assertEquals(new JsonObject().put("value", 1).put("score", 1), voted(id, 1, key(1)));
    assertEquals(1, voted(id, 1, key(1)).getInteger("score"));
    assertEquals(2, voted(id, 1, key(2)).getInteger("score"));
    assertEquals(0, voted(id, -1, key(1)).getInteger("score"));
    assertEquals(1, voted(id, 0, key(1)).getInteger("score"));
    assertEquals(1, voted(id, 0, key(3)).getInteger("score"));
    assertShown(id, 1);
  }

  @Test
  void many_votes_at_once_are_all_counted_and_the_sums_equal_a_recount() {
    List<String> ids = IntStream.range(0, 10).mapToObj(i -> posted("Storm " + i)).toList();
    var random = new Random(7);
    var votes = new ArrayList<Future<HttpResponse<Buffer>>>();
    for (int i = 0; i < MANY; i++) {
      // Half of the voters vote again, at the same time, and none but the last may count.
      String id = ids.get(random.nextInt(4) == 0 ? random.nextInt(10) : 0);
      votes.add(vote(id, random.nextInt(3) - 1, key(i / 2), "10.1." + i / 250 + "." + i % 250));
      if (votes.size() % 100 == 0) await(Future.join(votes.subList(i - 99, i + 1)));
    }

    votes.forEach(vote -> assertEquals(200, await(vote).statusCode()));
    eventually("every vote was folded", () -> differences().equals("0"));
    for (String id : ids) {
      String sum = "select coalesce(sum(value), 0) from vote where comment_id = " + row(id);
      assertShown(id, Integer.parseInt(running.database().ask(sum)));
    }
    assertEquals(
        running.database().ask("select count(distinct (comment_id, commenter_id)) from vote"),
        running.database().ask("select count(*) from vote"));
  }

  @Test
  void a_network_may_have_so_many_voters_on_a_comment_and_no_more_however_parallel() {
    String id = posted("Beloved by one network");
    var votes =
        IntStream.range(0, 30).mapToObj(i -> vote(id, 1, key(500 + i), "10.9.9.9")).toList();
    await(Future.join(votes));

    List<Integer> statuses = votes.stream().map(vote -> await(vote).statusCode()).toList();
    assertEquals(20, statuses.stream().filter(status -> status == 200).count(), "" + statuses);
    assertEquals(10, statuses.stream().filter(status -> status == 429).count(), "" + statuses);
    assertShown(id, 20);
    String elsewhere = posted("Another comment");
    assertEquals(200, await(vote(elsewhere, 1, key(1), "10.9.9.10")).statusCode());
    assertEquals(200, await(vote(id, 1, key(1), "10.9.9.10")).statusCode(), "another network");
  }

  @Test
  void votes_are_limited_per_commenter_wherever_they_come_from() {
    String id = posted("Clicked a lot");
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      var answer = await(vote(id, i % 2, key(900), "10.8." + i + ".1"));
      if (answer.statusCode() == 429) {
        refused++;
        assertTrue(Integer.parseInt(answer.getHeader("Retry-After")) > 0);
      }
    }

    assertTrue(refused >= 20, refused + " of 60");
  }

  @Test
  void says_everything_that_is_wrong_and_finds_no_other_comments() {
    String id = posted("Vote well");
    var nothing = await(put(id, "10.2.0.1").sendJsonObject(new JsonObject()));
    assertEquals(422, nothing.statusCode());
    assertEquals(2, nothing.bodyAsJsonObject().getJsonArray("errors").size());
    var wrong = new JsonObject().put("value", 2).put("commenterKey", "x").put("more", 1);
    var answer = await(put(id, "10.2.0.2").sendJsonObject(wrong));
    assertEquals(422, answer.statusCode());
    assertEquals(3, answer.bodyAsJsonObject().getJsonArray("errors").size());

    assertEquals(404, await(vote("11zzzz", 1, key(1), "10.2.0.3")).statusCode());
    assertEquals(404, await(vote(held(), 1, key(1), "10.2.0.4")).statusCode());
    assertEquals(403, await(vote(id, 1, key(1), "10.2.0.5", "https://evil.example")).statusCode());
    assertEquals(
        "0", running.database().ask("select count(*) from vote where comment_id = " + row(id)));
  }

  @Test
  void nobody_votes_on_the_own_comment() {
    JsonObject body = comment("I am the best").put("commenterKey", key(77));
    String id = running.send(body).bodyAsJsonObject().getJsonObject("comment").getString("id");

    assertEquals(403, await(vote(id, 1, key(77), "10.3.0.1")).statusCode());
    assertShown(id, 0);
  }

  @Test
  void a_banned_voter_is_told_and_one_banned_in_the_shadow_is_not() {
    String id = posted("Judge me");
    for (int i = 0; i < 2; i++) assertEquals(200, status(voteOf(id, 0, key(40 + i), i)));
    assertEquals(200, status(voteOf(id, 1, key(40), 5)));
    assertEquals(200, status(voteOf(id, 1, key(41), 6)));
    for (String ban : List.of("false", "true")) {
      running
          .database()
          .run(
              "insert into ban (site_id, kind, commenter_id, shadow, created_at) select site_id, 'commenter', id, "
                  + ban
                  + ", now() from commenter where id = (select "
                  + (ban.equals("true") ? "max" : "min")
                  + "(commenter_id) from vote where comment_id = "
                  + row(id)
                  + ")");
    }
    List<Integer> statuses =
        List.of(status(voteOf(id, -1, key(40), 7)), status(voteOf(id, -1, key(41), 8)));

    assertEquals(new HashSet<>(List.of(403, 200)), new HashSet<>(statuses));
    assertShown(id, 2);
  }

  /** Reads while a thousand votes arrive: what was seen is not seen again. */
  @Test
  void reading_on_through_the_best_repeats_and_leaves_out_nothing_while_votes_arrive() {
    List<String> ids =
        IntStream.range(0, 60).mapToObj(i -> postedOn("storm.html", "Root " + i)).toList();
    var random = new Random(11);
    for (int i = 0; i < 120; i++) storm(ids, random, i);
    String page = "/api/v1/sites/blog/thread?page=storm.html&order=best&limit=3";
    var pending = new ArrayList<Future<?>>();
    var seen = new ArrayList<String>();
    String after = "";
    int votes = 0;
    do {
      String moment = moment();
      for (int i = 0; i < 50; i++) pending.add(storm(ids, random, 1_000 + votes++));
      if (votes % 250 == 0) eventually("ranks moved", () -> !moment().equals(moment));
      JsonObject answer = await(running.get(page + after).send()).bodyAsJsonObject();
      answer
          .getJsonArray("comments")
          .forEach(root -> seen.add(((JsonObject) root).getString("id")));
      after = answer.getString("next") == null ? null : "&after=" + answer.getString("next");
    } while (after != null);
    await(Future.join(pending));

    assertTrue(votes >= 1_000, votes + " votes");
    assertEquals(new HashSet<>(ids), new HashSet<>(seen));
    assertEquals(ids.size(), seen.size());
  }

  @Test
  void the_best_come_first_and_those_that_people_are_against_last() {
    String plain = postedOn("best.html", "No votes");
    String sure = postedOn("best.html", "Three of three");
    String unsure = postedOn("best.html", "One of one");
    String divided = postedOn("best.html", "Four of seven");
    String bad = postedOn("best.html", "Nobody likes it");
    String newer = postedOn("best.html", "No votes either");
    for (int i = 0; i < 3; i++) status(voteOf(sure, 1, key(i), 20 + i));
    status(voteOf(unsure, 1, key(1), 30));
    for (int i = 0; i < 7; i++) status(voteOf(divided, i < 4 ? 1 : -1, key(i), 40 + i));
    for (int i = 0; i < 2; i++) status(voteOf(bad, -1, key(i), 50 + i));
    List<String> expected = List.of(sure, unsure, divided, newer, plain, bad);

    eventually("the best are in order", () -> best("best.html").equals(expected));
    JsonObject around =
        await(
                running
                    .get(
                        "/api/v1/sites/blog/thread?page=best.html&order=best&limit=2&around="
                            + divided)
                    .send())
            .bodyAsJsonObject();
    assertEquals(
        divided, around.getJsonArray("comments").getJsonObject(0).getString("id"), "around");
    running.database().run("update comment set pinned = true where id = " + row(bad));
    running
        .database()
        .run(
            "insert into event (site_id, kind, thread_id, created_at)"
                + " select site_id, 'comment-changed', thread_id, now() from comment where id = "
                + row(bad));
    eventually("the pinned is first", () -> best("best.html").get(0).equals(bad));
  }

  private List<String> best(String page) {
    JsonObject answer =
        await(running.get("/api/v1/sites/blog/thread?order=best&page=" + page).send())
            .bodyAsJsonObject();
    return answer.getJsonArray("comments").stream()
        .map(root -> ((JsonObject) root).getString("id"))
        .toList();
  }

  private Future<HttpResponse<Buffer>> storm(List<String> ids, Random random, int i) {
    String id = ids.get(random.nextInt(ids.size()));
    String address = "10.7." + i / 250 + "." + i % 250;
    return vote(id, random.nextInt(5) == 0 ? -1 : 1, key(5_000 + i), address);
  }

  private String moment() {
    return running.database().ask("select moment from reader_position where reader = 'counters'");
  }

  private String differences() {
    return running
        .database()
        .ask(
            """
            select count(*) from (
              select comment_id, sum(value) as score from vote group by comment_id) recount
            full join comment_score using (comment_id)
            where coalesce(score, 0) <> coalesce(up - down, 0)
            """);
  }

  private void assertShown(String id, int score) {
    eventually(
        "the thread showed the score",
        () ->
            await(running.get("/api/v1/sites/blog/comments/" + id).send())
                    .bodyAsJsonObject()
                    .getJsonObject("comment")
                    .getInteger("score")
                == score);
    String page =
        running
            .database()
            .ask(
                "select key from page join comment on thread_id = page.id and comment.id = "
                    + row(id));
    eventually(
        "the cached thread showed it too",
        () ->
            await(running.get("/api/v1/sites/blog/thread?limit=100&page=" + page).send())
                .bodyAsString()
                .matches("(?s).*\"id\":\"" + id + "\",\"parentId\".*?\"score\":" + score + ",.*"));
  }

  private String held() {
    JsonObject answer =
        running
            .send(comment("a https://a.example b https://b.example c https://c.example"))
            .bodyAsJsonObject();
    assertFalse(answer.getJsonObject("comment").getString("status").equals("published"));
    return answer.getJsonObject("comment").getString("id");
  }

  private String posted(String text) {
    return postedOn("a.html", text);
  }

  private String postedOn(String page, String text) {
    JsonObject body = comment(text);
    body.getJsonObject("page").put("key", page).put("url", RunningService.ORIGIN + "/" + page);
    return running.send(body).bodyAsJsonObject().getJsonObject("comment").getString("id");
  }

  private JsonObject voted(String id, int value, String key) {
    var answer = await(vote(id, value, key, "10.0.0." + Math.abs(key.hashCode() % 200)));
    assertEquals(200, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsJsonObject();
  }

  private Future<HttpResponse<Buffer>> voteOf(String id, int value, String key, int host) {
    return vote(id, value, key, "10.4.0." + host);
  }

  private static int status(Future<HttpResponse<Buffer>> answer) {
    return await(answer).statusCode();
  }

  private Future<HttpResponse<Buffer>> vote(String id, int value, String key, String address) {
    return vote(id, value, key, address, RunningService.ORIGIN);
  }

  private Future<HttpResponse<Buffer>> vote(
      String id, int value, String key, String address, String origin) {
    return put(id, address)
        .putHeader("Origin", origin)
        .sendJsonObject(new JsonObject().put("value", value).put("commenterKey", key));
  }

  private io.vertx.ext.web.client.HttpRequest<Buffer> put(String id, String address) {
    return running
        .request(HttpMethod.PUT, "/api/v1/sites/blog/comments/" + id + "/vote")
        .putHeader("Origin", RunningService.ORIGIN)
        .putHeader("X-Forwarded-For", address);
  }

  private long row(String id) {
    return afterword.model.PublicId.parse(id).orElseThrow().row();
  }

  private static String key(int number) {
    return String.format("%032x", number);
  }
}
