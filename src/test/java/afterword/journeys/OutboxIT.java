package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.Service;
import afterword.TestClock;
import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Deliveries with several processes on one database, and one that dies. */
class OutboxIT {
  private static final SiteSettings OPEN =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 100_000, 1, 100_000);
  private static final Vertx VERTX = Vertx.vertx();
  private static final int COMMENTS = 120;

  private final TestClock clock = new TestClock();

  @AfterAll
  static void close() {
    await(VERTX.close());
  }

  @Test
  void two_processes_tell_of_each_change_once() {
    try (var receiver = new Receiver(VERTX);
        var running = new RunningService(OPEN, clock, "--outbound-hosts=" + receiver.host())) {
      hook(running, receiver);
      Service second =
          RunningService.start(
              VERTX, running.database().config("--outbound-hosts=" + receiver.host()), clock);
      fill(running);

      clock.advance(Duration.ofSeconds(30));
      eventually("all were told of", () -> receiver.calls().size() >= COMMENTS);
      eventually(
          "all are noted",
          () ->
              running
                  .database()
                  .ask("select count(*) from delivery where status = 'waiting'")
                  .equals("0"));

      assertEquals(COMMENTS, receiver.calls().size());
      assertEquals(COMMENTS, receiver.calls().stream().map(Receiver.Call::id).distinct().count());
      assertEquals(
          COMMENTS,
          receiver.calls().stream()
              .map(call -> call.comment().getString("id"))
              .collect(Collectors.toSet())
              .size());
      assertEquals("1", running.database().ask("select max(attempts) from delivery"));
      await(second.stop());
    }
  }

  private static void fill(RunningService running) {
    for (int n = 0; n < COMMENTS; n++)
      assertEquals(201, running.send(comment("Number " + n + " of many")).statusCode());
  }

  @Test
  void what_was_sent_when_its_process_died_is_sent_again_under_the_same_id() {
    try (var receiver = new Receiver(VERTX)) {
      receiver.answers(response -> {});
      var dying = new RunningService(OPEN, clock, "--outbound-hosts=" + receiver.host());
      hook(dying, receiver);
      assertEquals(201, dying.send(comment("Twice perhaps, lost never")).statusCode());
      clock.advance(Duration.ofSeconds(30));
      eventually("it was sent", () -> receiver.calls().size() == 1);

      dying.abandon();
      receiver.answers(200);
      Service next =
          RunningService.start(
              VERTX, dying.database().config("--outbound-hosts=" + receiver.host()), clock);
      clock.advance(Duration.ofMinutes(1));

      eventually(
          "it is noted",
          () ->
              dying.database().ask("select status || attempts from delivery").equals("delivered2"));
      assertEquals(2, receiver.calls().size());
      assertEquals(receiver.calls().get(0).id(), receiver.calls().get(1).id());
      assertEquals(receiver.calls().get(0).body(), receiver.calls().get(1).body());
      await(next.stop());
    }
  }

  @Test
  void a_stop_waits_for_the_answer_and_nothing_is_sent_twice() {
    try (var receiver = new Receiver(VERTX)) {
      receiver.answers(response -> VERTX.setTimer(500, later -> response.end()));
      try (var running = new RunningService(OPEN, clock, "--outbound-hosts=" + receiver.host())) {
        hook(running, receiver);
        assertEquals(201, running.send(comment("Under way")).statusCode());
        clock.advance(Duration.ofSeconds(30));
        eventually("it was sent", () -> receiver.calls().size() == 1);

        await(running.service().stop());

        assertEquals("delivered", running.database().ask("select status from delivery"));
      }
    }
  }

  private static void hook(RunningService running, Receiver receiver) {
    AdminClient owner = AdminClient.of(running, "Olive Owner", Map.of("blog", Role.OWNER));
    var added = owner.post("sites/blog/webhooks", new JsonObject().put("url", receiver.url()));
    assertEquals(201, added.statusCode(), added.bodyAsString());
  }
}
