package afterword.journeys;

import static afterword.journeys.RunningService.ORIGIN;
import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.Service;
import afterword.TestClock;
import afterword.config.Config;
import afterword.config.Setting;
import afterword.db.StreamingPair;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two processes that read from a standby of the database, and a standby that lags as far as a test
 * wants.
 */
class ReplicaIT {
  private static final String API = "/api/v1/sites/blog/";
  private static final SiteSettings OPEN =
      new SiteSettings(
          Mode.OPEN, 1, 9, List.of(), true, Limits.TEXT, 6, 900, 1_000_000, 1, 1_000_000);

  private final StreamingPair databases = new StreamingPair();
  private final Vertx vertx = Vertx.vertx();
  private final WebClient client = WebClient.create(vertx);
  private final List<Service> processes = new ArrayList<>();

  ReplicaIT() {
    RunningService.addBlog(start(), OPEN);
    start();
  }

  @AfterEach
  void stop() {
    processes.forEach(process -> await(process.stop()));
    await(vertx.close());
    databases.close();
  }

  @Test
  void what_is_not_in_memory_is_read_from_the_replica() {
    post(0, "talks", "The first word");
    settle();
    Eventually.eventually("it reads there", () -> isReadFromStandby(1));
    long primary = databases.readsOfPrimary();
    long standby = databases.readsOfStandby();

    assertTrue(thread(1, "talks").contains("The first word"));

    assertEquals(primary, databases.readsOfPrimary());
    assertTrue(databases.readsOfStandby() > standby);
  }

  @Test
  void an_answer_without_what_was_heard_of_is_neither_kept_nor_shown() {
    JsonObject early = post(0, "talks", "The first word");
    settle();
    assertTrue(thread(1, "talks").contains("The first word"));

    databases.pause();
    post(0, "talks", "The second word");
    await(withdraw(early));

    Eventually.eventually("the other process heard", () -> thread(1, "talks").contains("second"));
    for (int process : new int[] {0, 1}) {
      for (String path : everywhere("talks")) {
        Eventually.eventually(
            path + " was right on " + process,
            () -> {
              String answer = get(process, path);
              return answer.contains("The second word") && !answer.contains("The first word");
            });
      }
      assertEquals(
          "{\"counts\":{\"talks\":1,\"none\":0}}",
          get(process, API + "counts?page=talks&page=none"));
    }
    Eventually.eventually(
        "the right answer was kept",
        () -> {
          long reads = databases.readsOfPrimary() + databases.readsOfStandby();
          for (int i = 0; i < 20; i++) thread(1, "talks");
          return databases.readsOfPrimary() + databases.readsOfStandby() == reads;
        });
  }

  @Test
  void a_page_that_is_new_is_found_though_the_replica_does_not_know_it() {
    settle();
    assertTrue(thread(1, "new").contains("\"count\":0"));
    databases.pause();

    JsonObject root = post(0, "new", "A root");

    Eventually.eventually("the page is there", () -> thread(1, "new").contains("A root"));
    String replies = API + "comments/" + root.getJsonObject("comment").getString("id") + "/replies";
    assertEquals(200, ask(1, replies).statusCode(), "what a replica does not know is no 404");
  }

  @Test
  void a_process_that_starts_while_the_replica_is_behind_shows_nothing_older_than_its_start() {
    settle();
    databases.pause();
    post(0, "talks", "Written before the start");

    start();

    assertTrue(thread(2, "talks").contains("Written before the start"));
  }

  @Test
  void a_replica_that_has_caught_up_is_used_again() {
    settle();
    databases.pause();
    post(0, "talks", "Written meanwhile");
    Eventually.eventually("shown", () -> thread(1, "talks").contains("Written meanwhile"));

    databases.resume();
    settle();

    long standby = databases.readsOfStandby();
    assertTrue(get(1, API + "thread?page=talks&limit=7").contains("Written meanwhile"));
    assertTrue(databases.readsOfStandby() > standby);
  }

  @Test
  void readers_notice_nothing_when_the_replica_goes_away() {
    post(0, "talks", "The first word");
    settle();
    assertTrue(thread(1, "talks").contains("The first word"));

    databases.stopStandby();

    assertTrue(get(1, API + "thread?page=talks&limit=7").contains("The first word"));
    assertTrue(get(1, API + "latest").contains("The first word"));
  }

  @Test
  void while_the_primary_is_away_all_is_read_and_not_only_what_is_in_memory() {
    post(0, "talks", "The first word");
    settle();
    var clock = new TestClock();
    int third = processes.indexOf(start(clock));
    Eventually.eventually("it heard where the events are", () -> isReadFromStandby(third));

    databases.stopPrimary();
    clock.advance(Duration.ofMinutes(20));

    assertTrue(get(third, API + "thread?page=talks&limit=7").contains("The first word"));
    assertEquals(404, ask(third, API + "comments/none/replies").statusCode());
  }

  private boolean isReadFromStandby(int process) {
    long before = databases.readsOfStandby();
    get(process, API + "thread?page=" + UUID.randomUUID());
    return databases.readsOfStandby() > before;
  }

  private Service start() {
    return start(Clock.systemUTC());
  }

  private Service start(Clock clock) {
    Config config =
        databases
            .primary()
            .config("--drain-seconds=0")
            .with(Setting.DATABASE_READ_URL, databases.standbyUrl());
    Service started = RunningService.start(vertx, config, clock);
    processes.add(started);
    int process = processes.size() - 1;
    Eventually.eventually(
        "the process reads", () -> ask(process, "/embed/v1.js").statusCode() == 200);
    return started;
  }

  private void settle() {
    databases.primary().settle();
    Eventually.eventually("the standby caught up", databases::hasCaughtUp);
  }

  private static List<String> everywhere(String page) {
    return List.of(
        API + "thread?page=" + page + "&order=oldest",
        API + "thread?page=" + page + "&order=best",
        API + "latest",
        API + "feed.atom",
        API + "feed.json?page=" + page,
        "/t?site=blog&page=" + page,
        "/embed/v1/fragment?site=blog&page=" + page);
  }

  private String thread(int process, String page) {
    return get(process, API + "thread?page=" + page);
  }

  private String get(int process, String path) {
    HttpResponse<Buffer> answer = ask(process, path);
    assertEquals(200, answer.statusCode(), answer::bodyAsString);
    return answer.bodyAsString();
  }

  private HttpResponse<Buffer> ask(int process, String path) {
    return await(client.get(processes.get(process).httpPort(), "127.0.0.1", path).send());
  }

  private JsonObject post(int process, String page, String text) {
    var body =
        RunningService.comment(text)
            .put("page", new JsonObject().put("key", page).put("url", ORIGIN + "/" + page));
    var answer =
        await(
            client
                .post(processes.get(process).httpPort(), "127.0.0.1", API + "comments")
                .putHeader("Origin", ORIGIN)
                .putHeader("Idempotency-Key", UUID.randomUUID().toString())
                .sendJsonObject(body));
    assertEquals(201, answer.statusCode(), answer::bodyAsString);
    return answer.bodyAsJsonObject();
  }

  private io.vertx.core.Future<Void> withdraw(JsonObject posted) {
    String id = posted.getJsonObject("comment").getString("id");
    return client
        .delete(processes.get(0).httpPort(), "127.0.0.1", API + "comments/" + id)
        .putHeader("Origin", ORIGIN)
        .putHeader("Authorization", "Bearer " + posted.getString("ownerToken"))
        .putHeader("If-Match", "\"1\"")
        .send()
        .onSuccess(answer -> assertEquals(204, answer.statusCode(), answer::bodyAsString))
        .mapEmpty();
  }
}
