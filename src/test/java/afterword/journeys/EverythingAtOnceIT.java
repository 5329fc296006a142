package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.ORIGIN;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * Whatever people do at the same time, what is counted equals a recount. {@code
 * -Dafterword.mix=100000} for as long as there is time, {@code -Dafterword.mix.seed} for another
 * course of things.
 */
class EverythingAtOnceIT {
  private static final int ACTIONS = Integer.getInteger("afterword.mix", 1_000);
  private static final long SEED = Long.getLong("afterword.mix.seed", 4);
  private static final int AT_ONCE = 16;
  private static final int PAGES = 4;
  private static final SiteSettings SETTINGS =
      new SiteSettings(
          Mode.OPEN, 1, 2, List.of("casino"), true, Limits.TEXT, 4, 900, 1_000_000, 1, 1_000_000);

  private final Random random = new Random(SEED);
  private final List<Own> written = new CopyOnWriteArrayList<>();
  private final List<String> decisions = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();
  private RunningService running;
  private AdminClient moderator;

  private record Own(String id, String token, String page) {}

  @Test
  void counters_equal_a_recount_after_everything_at_once() {
    try (var started = new RunningService(SETTINGS)) {
      running = started;
      moderator = AdminClient.of(running, "Mo", Map.of("blog", Role.MODERATOR));
      eventually(
          "there is something to begin with",
          () -> await(post(null, written.size())) != null && written.size() >= 20);

      for (int done = 0; done < ACTIONS; done += AT_ONCE) {
        var round = new ArrayList<Future<?>>();
        for (int i = 0; i < AT_ONCE; i++) round.add(something(done + i));
        await(Future.join(round).otherwiseEmpty());
      }

      for (String expected :
          List.of(
              "post 201",
              "post 202",
              "reply 201",
              "edit 200",
              "withdraw 204",
              "vote 200",
              "flag 204",
              "decide 200",
              "undo 200")) assertTrue(outcomes.containsKey(expected), expected + ": " + outcomes);
      // A slow machine may say 503.
      assertTrue(outcomes.keySet().stream().noneMatch(o -> o.endsWith(" 500")), "" + outcomes);
      eventually("every event was folded", () -> differences().equals("0 0 0"));
      for (int page = 0; page < PAGES; page++) assertShownAsCounted("page-" + page);
    }
  }

  /** Chosen at random, but the same for the same seed as far as answers come in the same order. */
  private Future<?> something(int n) {
    Own one = written.get(random.nextInt(written.size()));
    return switch (random.nextInt(10)) {
      case 0, 1 -> post(null, n);
      case 2, 3 -> post(one, n);
      case 4 -> edit(one, n);
      case 5 -> withdraw(one);
      case 6, 7 -> vote(one, n);
      case 8 -> flag(one, n);
      default -> random.nextInt(3) == 0 && !decisions.isEmpty() ? undo() : decide(one);
    };
  }

  private Future<?> post(Own parent, int n) {
    String page = parent == null ? "page-" + random.nextInt(PAGES) : parent.page;
    JsonObject body =
        comment((random.nextInt(5) == 0 ? "A casino, " : "Some words, ") + "number " + n)
            .put("page", new JsonObject().put("key", page).put("url", ORIGIN + "/" + page))
            .put("commenterKey", key(random.nextInt(200)))
            .put("parentId", parent == null ? null : parent.id);
    return from(running.post())
        .sendJsonObject(body)
        .onSuccess(
            answer -> {
              count(parent == null ? "post" : "reply", answer);
              if (answer.statusCode() / 100 != 2) return;
              JsonObject posted = answer.bodyAsJsonObject();
              written.add(
                  new Own(
                      posted.getJsonObject("comment").getString("id"),
                      posted.getString("ownerToken"),
                      page));
            });
  }

  private Future<?> edit(Own own, int n) {
    String text = random.nextInt(2) == 0 ? "A casino after all " + n : "Better words " + n;
    return own(HttpMethod.PATCH, own)
        .compose(request -> request.sendJsonObject(new JsonObject().put("body", text)))
        .onSuccess(answer -> count("edit", answer));
  }

  private Future<?> withdraw(Own own) {
    return own(HttpMethod.DELETE, own)
        .compose(HttpRequest::send)
        .onSuccess(answer -> count("withdraw", answer));
  }

  /** With the version that the author sees now, which may be another in a moment. */
  private Future<HttpRequest<Buffer>> own(HttpMethod method, Own own) {
    String path = "/api/v1/sites/blog/comments/" + own.id;
    return running
        .get(path)
        .bearerTokenAuthentication(own.token)
        .send()
        .map(
            seen ->
                from(running.request(method, path))
                    .putHeader("Origin", ORIGIN)
                    .putHeader("If-Match", String.valueOf(seen.getHeader("ETag")))
                    .bearerTokenAuthentication(own.token));
  }

  private Future<?> vote(Own own, int n) {
    return from(running.request(HttpMethod.PUT, "/api/v1/sites/blog/comments/" + own.id + "/vote"))
        .putHeader("Origin", ORIGIN)
        .sendJsonObject(
            new JsonObject()
                .put("value", random.nextInt(3) - 1)
                .put("commenterKey", key(1_000 + n % 50)))
        .onSuccess(answer -> count("vote", answer));
  }

  private Future<?> flag(Own own, int n) {
    return from(running.postTo("/api/v1/sites/blog/comments/" + own.id + "/flags"))
        .putHeader("Origin", ORIGIN)
        .sendJsonObject(
            new JsonObject().put("reason", "spam").put("commenterKey", key(2_000 + n % 50)))
        .onSuccess(answer -> count("flag", answer));
  }

  private Future<?> decide(Own own) {
    String action =
        List.of("approve", "reject", "spam", "delete", "restore").get(random.nextInt(5));
    var items = new JsonArray().add(AdminClient.item(own.id, 1 + random.nextInt(3)));
    for (int i = 0; i < random.nextInt(4); i++)
      items.add(AdminClient.item(written.get(random.nextInt(written.size())).id, 1));
    return moderator
        .request(HttpMethod.POST, "decisions")
        .sendJsonObject(new JsonObject().put("action", action).put("items", items))
        .onSuccess(
            answer -> {
              count("decide", answer);
              String id =
                  answer.statusCode() == 200 ? answer.bodyAsJsonObject().getString("id") : null;
              if (id != null) decisions.add(id);
            });
  }

  private Future<?> undo() {
    String decision = decisions.remove(random.nextInt(decisions.size()));
    return moderator
        .request(HttpMethod.POST, "decisions/" + decision + "/undo")
        .sendJsonObject(new JsonObject())
        .onSuccess(answer -> count("undo", answer));
  }

  /** Threads, replies of a root and scores whose counter is not what a recount says. */
  private String differences() {
    return running
        .database()
        .ask(
            """
            select concat_ws(' ',
              (select count(*) from (
                select thread_id, count(*) filter (where status = 'published') as n from comment group by thread_id) c
                full join thread_counter t using (thread_id) where coalesce(t.published, 0) <> coalesce(c.n, 0)),
              (select count(*) from (
                select root_id, count(*) filter (where status = 'published' and parent_id is not null) as n
                from comment group by root_id) c
                full join reply_counter r using (root_id) where coalesce(r.published, 0) <> coalesce(c.n, 0)),
              (select count(*) from (
                select comment_id, count(*) filter (where value = 1) as up, count(*) filter (where value = -1) as down
                from vote group by comment_id) v
                full join comment_score s using (comment_id)
                where coalesce(s.up, 0) <> coalesce(v.up, 0) or coalesce(s.down, 0) <> coalesce(v.down, 0)))
            """);
  }

  private void assertShownAsCounted(String page) {
    String recount =
        running
            .database()
            .ask(
                "select count(*) from comment c join page p on p.site_id = c.site_id and p.id = c.thread_id"
                    + " where c.status = 'published' and p.key = '%s'".formatted(page));
    eventually(
        page + " shows " + recount,
        () ->
            await(running.get("/api/v1/sites/blog/counts?page=" + page).send())
                .bodyAsJsonObject()
                .getJsonObject("counts")
                .getInteger(page)
                .toString()
                .equals(recount));
    assertEquals(
        recount,
        await(running.get("/api/v1/sites/blog/thread?page=" + page).send())
            .bodyAsJsonObject()
            .getJsonObject("thread")
            .getInteger("count")
            .toString());
  }

  private void count(String what, HttpResponse<Buffer> answer) {
    outcomes.merge(what + " " + answer.statusCode(), 1, Integer::sum);
  }

  private HttpRequest<Buffer> from(HttpRequest<Buffer> request) {
    return request.putHeader(
        "X-Forwarded-For", "10.%d.%d.1".formatted(random.nextInt(200), random.nextInt(200)));
  }

  private static String key(int number) {
    return "%032x".formatted(number + 1);
  }
}
