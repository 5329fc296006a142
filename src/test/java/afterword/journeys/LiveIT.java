package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.events.Position;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.PublicId;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody is told of who looks at a page. */
class LiveIT {
  private static final String LIVE = "/api/v1/sites/blog/live?page=";
  private static final SiteSettings OPEN =
      new SiteSettings(
          Mode.OPEN, 1, 0, List.of(), true, Limits.TEXT, 6, 900, 100_000, 1, 1_000_000);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static Vertx vertx;
  private static RunningService running;
  private static String moderator;

  private final String page = "live-" + NUMBER.incrementAndGet();

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    running = new RunningService(OPEN);
    var people = running.service().moderators();
    await(
        people.add(
            "test",
            "mod@blog.example",
            "Mo",
            Optional.empty(),
            Map.of("blog", Role.MODERATOR),
            false));
    moderator =
        await(
            people.issueToken(
                "mod@blog.example", "test", EnumSet.allOf(Scope.class), Optional.empty()));
  }

  @AfterAll
  static void stop() {
    running.close();
    await(vertx.close());
  }

  @Test
  void a_comment_is_told_as_the_interface_shows_it_to_everybody() {
    post("The first");
    try (var reader = reader(page)) {
      String id = post("Look at **me**");
      eventually("it is told", () -> reader.ids("published").contains(id));

      assertEquals(shown(id), reader.of(id).data());
      eventually("the count is told", () -> lastCount(reader) == 2);
      assertEquals("text/event-stream", reader.header("Content-Type"));
      assertEquals("no-store", reader.header("Cache-Control"));
      assertEquals("no", reader.header("X-Accel-Buffering"));
      assertEquals("*", reader.header("Access-Control-Allow-Origin"));
    }
  }

  @Test
  void who_looks_at_a_page_without_comments_is_told_of_the_first() {
    try (var reader = reader(page)) {
      String id = post("The first");

      eventually("it is told", () -> reader.ids("published").equals(List.of(id)));
    }
  }

  @Test
  void what_is_held_is_told_when_it_is_published_and_what_changes_after() {
    post("The first");
    try (var reader = reader(page)) {
      String held = post("Held for its link: https://x.example");
      String marker = post("After the held one");
      eventually("the marker is told", () -> reader.ids("published").contains(marker));
      assertFalse(reader.ids("published").contains(held));

      decide("approve", held, 1);
      eventually("it is published", () -> reader.ids("published").contains(held));
      JsonObject own = postOwn("With a slip of the pen");
      edit(own, "Without a slip of the pen");
      String edited = own.getJsonObject("comment").getString("id");
      eventually("it is edited", () -> reader.ids("edited").contains(edited));
      decide("delete", held, 2);
      eventually("it is removed", () -> reader.ids("removed").equals(List.of(held)));

      eventually("the count follows", () -> lastCount(reader) == 3);
      assertEquals(
          List.of(new JsonObject().put("id", held)),
          reader.told.stream()
              .filter(told -> told.event().equals("removed"))
              .map(LiveReader.Told::data)
              .toList());
    }
  }

  @Test
  void another_page_is_not_told() {
    post("The first");
    try (var reader = reader(page);
        var other = reader(page + "-other")) {
      String here = post("Only here");
      eventually("it is told here", () -> reader.ids("published").contains(here));
      String there =
          postOwn("Only there", page + "-other").getJsonObject("comment").getString("id");

      eventually("it is told there", () -> other.ids("published").equals(List.of(there)));
    }
  }

  @Test
  void who_comes_back_gets_what_was_missed_once_and_in_order() {
    post("The first");
    var missed = new ArrayList<String>();
    String lastId;
    try (var reader = reader(page)) {
      String id = post("Seen");
      eventually("it is told", () -> reader.ids("published").contains(id));
      lastId = reader.of(id).id();
    }
    for (int i = 0; i < 5; i++) missed.add(post("Missed " + i));

    try (var back = reader(page, Map.of("Last-Event-ID", lastId))) {
      eventually("all are told", () -> back.ids("published").size() >= 5);
      missed.add(post("And one more"));
      eventually("it goes on", () -> back.ids("published").size() >= 6);

      assertEquals(missed, back.ids("published"));
      assertFalse(back.events().contains("reload"));
    }
  }

  @Test
  void nothing_is_missed_between_reading_a_page_and_looking_at_it() {
    post("The first");
    eventually("all is finished", () -> !version().equals("0"));
    String version = version();
    String between = post("In between");

    try (var reader = reader(page + "&after=" + version)) {
      eventually("it is told", () -> reader.ids("published").equals(List.of(between)));
    }
  }

  @Test
  void what_cannot_be_resumed_says_reload_and_goes_on() {
    post("The first");
    for (String id : new String[] {"nonsense", "18446744073709551615-1", "1-2-3"}) {
      try (var reader = reader(page, Map.of("Last-Event-ID", id))) {
        eventually("it says reload to " + id, () -> reader.events().indexOf("reload") == 0);
        String next = post("After " + id);
        eventually("it goes on", () -> reader.ids("published").contains(next));
      }
    }
  }

  @Test
  void too_much_to_be_told_one_by_one_says_reload() {
    post("The first");
    String lastId;
    try (var reader = reader(page)) {
      eventually("it has a position", () -> !reader.lastId.isEmpty());
      lastId = reader.lastId;
    }
    long thread =
        Long.parseLong(running.database().ask("select id from page where key = '" + page + "'"));
    running
        .database()
        .run(
            "insert into event (site_id, kind, thread_id, comment_id, root_id, created_at)"
                + " select site_id, 'comment-changed', thread_id, id, root_id, now()"
                + " from comment, generate_series(1, 201) where thread_id = "
                + thread);
    Position newest =
        Position.parse(
                running
                    .database()
                    .ask(
                        "select event.xid || '-' || id from event"
                            + " order by event.xid desc, id desc limit 1"))
            .orElseThrow();
    eventually("the process has heard of them", () -> !newest.isAfter(heard()));

    try (var reader = reader(page, Map.of("Last-Event-ID", lastId))) {
      eventually("it says reload", () -> reader.events().contains("reload"));
      assertEquals(List.of("reload"), reader.events());
    }
  }

  /** How far the process has read: where it lets a new reader begin. */
  private Position heard() {
    try (var reader = reader(page)) {
      eventually("it has a position", () -> !reader.lastId.isEmpty());
      return Position.parse(reader.lastId).orElseThrow();
    }
  }

  @Test
  void a_bad_question_is_answered_like_any_other() {
    assertEquals(400, await(running.get("/api/v1/sites/blog/live").send()).statusCode());
    assertEquals(400, await(running.get(LIVE + "a&page=b").send()).statusCode());
    assertEquals(404, await(running.get("/api/v1/sites/none/live?page=a").send()).statusCode());
    HttpResponse<Buffer> head = await(running.request(HttpMethod.HEAD, LIVE + "a").send());
    assertEquals(200, head.statusCode());
    assertEquals("text/event-stream", head.getHeader("Content-Type"));
  }

  @Test
  void an_address_has_so_many_streams_and_the_process_has_so_many() {
    try (var small =
        new RunningService(
            OPEN,
            "--trusted-proxies=127.0.0.0/8",
            "--drain-seconds=0",
            "--live-streams=3",
            "--live-streams-per-address=2")) {
      var open = new ArrayList<LiveReader>();
      for (int i = 0; i < 2; i++) open.add(from(small, "192.0.2.1"));
      try (var third = from(small, "192.0.2.1");
          var other = from(small, "192.0.2.2");
          var fourth = from(small, "192.0.2.3")) {
        assertEquals(429, third.status());
        assertEquals("30", third.header("Retry-After"));
        assertEquals(200, other.status());
        assertEquals(503, fourth.status());
        assertEquals("30", fourth.header("Retry-After"));
      }
      open.forEach(LiveReader::close);
      eventually(
          "their places are free",
          () -> {
            try (var again = from(small, "192.0.2.1")) {
              return again.status() == 200;
            }
          });
      String metrics = await(small.manage("/metrics").send()).bodyAsString();
      assertTrue(metrics.contains("afterword_live_streams "), metrics);
      assertTrue(metrics.contains("afterword_live_dropped_total 0"), metrics);
    }
  }

  @Test
  void who_never_reads_is_dropped_and_costs_the_others_nothing() throws IOException {
    String id = post("x".repeat(1_900));
    try (var deaf = new RawSocket(running.service().httpPort());
        var reader = reader(page)) {
      deaf.receiveInto(4_096)
          .send(
              "GET " + LIVE + page + " HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n");
      for (int round = 1; round <= 500 && droppedCount() == 0; round++) {
        int told = 90 * round;
        edits(id, 90);
        eventually("the other is told of " + told, () -> reader.ids("edited").size() == told);
      }

      assertEquals(1, droppedCount());
      eventually("its stream is gone", () -> metric("afterword_live_streams ") == 1);
      assertFalse(reader.ended);
    }
  }

  /** So many changes at once, known to the service at once; less than would be told in sum. */
  private static void edits(String id, int count) {
    running
        .database()
        .run(
            """
            insert into event (site_id, kind, thread_id, comment_id, root_id, created_at)
            select site_id, 'comment-changed', thread_id, id, root_id, now()
            from comment, generate_series(1, %d) where id = %d;
            select pg_notify('afterword_events', '18446744073709551615-1')
            """
                .formatted(count, PublicId.parse(id).orElseThrow().row()));
  }

  @Test
  void a_service_that_stops_asks_to_come_back() {
    var stopping = new RunningService(OPEN, "--drain-seconds=1");
    try (var reader = new LiveReader(vertx, stopping.service().httpPort(), LIVE + "a", Map.of())) {
      eventually("it has begun", () -> !reader.retry.isEmpty());

      stopping.close();

      eventually("it has ended", () -> reader.ended);
      assertTrue(Integer.parseInt(reader.retry) >= 1_000);
    }
  }

  private static double droppedCount() {
    return metric("afterword_live_dropped_total ");
  }

  private static double metric(String name) {
    String metrics = await(running.manage("/metrics").send()).bodyAsString();
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
        .sum();
  }

  private static LiveReader from(RunningService service, String address) {
    return new LiveReader(
        vertx, service.service().httpPort(), LIVE + "a", Map.of("X-Forwarded-For", address));
  }

  private LiveReader reader(String page) {
    return reader(page, Map.of());
  }

  private LiveReader reader(String page, Map<String, String> headers) {
    var reader = new LiveReader(vertx, running.service().httpPort(), LIVE + page, headers);
    assertEquals(200, reader.status());
    eventually("it has begun", () -> !reader.retry.isEmpty());
    return reader;
  }

  private static int lastCount(LiveReader reader) {
    return reader.told.stream()
        .filter(told -> told.event().equals("count"))
        .reduce((first, second) -> second)
        .map(told -> told.data().getInteger("count"))
        .orElse(-1);
  }

  private String version() {
    return await(running.get("/api/v1/sites/blog/thread?page=" + page).send())
        .bodyAsJsonObject()
        .getJsonObject("thread")
        .getString("version");
  }

  private String post(String text) {
    return postOwn(text).getJsonObject("comment").getString("id");
  }

  private JsonObject postOwn(String text) {
    return postOwn(text, page);
  }

  private static JsonObject postOwn(String text, String page) {
    JsonObject body =
        comment(text)
            .put(
                "page",
                new JsonObject().put("key", page).put("url", RunningService.ORIGIN + "/" + page));
    HttpResponse<Buffer> answer = running.send(body);
    assertTrue(answer.statusCode() < 300, answer::bodyAsString);
    return answer.bodyAsJsonObject();
  }

  private static JsonObject shown(String id) {
    return await(running.get("/api/v1/sites/blog/comments/" + id).send()).bodyAsJsonObject();
  }

  private static void edit(JsonObject own, String body) {
    String id = own.getJsonObject("comment").getString("id");
    HttpResponse<Buffer> answer =
        await(
            running
                .request(HttpMethod.PATCH, "/api/v1/sites/blog/comments/" + id)
                .putHeader("Origin", RunningService.ORIGIN)
                .putHeader("Authorization", "Bearer " + own.getString("ownerToken"))
                .putHeader("If-Match", "*")
                .sendJsonObject(new JsonObject().put("body", body)));
    assertEquals(200, answer.statusCode(), answer::bodyAsString);
  }

  private static void decide(String action, String id, int version) {
    JsonObject item = new JsonObject().put("id", id).put("version", version);
    HttpResponse<Buffer> answer =
        await(
            running
                .postTo("/api/v1/admin/decisions")
                .putHeader("Authorization", "Bearer " + moderator)
                .sendJsonObject(
                    new JsonObject()
                        .put("action", action)
                        .put("items", new JsonArray().add(item))));
    assertEquals(200, answer.statusCode(), answer::bodyAsString);
  }
}
