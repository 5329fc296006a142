package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.SiteSettings;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What operators see, and what they must not. */
class OpsIT {
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static final ListAppender<ILoggingEvent> LINES = new ListAppender<>();
  private static RunningService running;

  @BeforeAll
  static void start() {
    LINES.start();
    ROOT.addAppender(LINES);
    running = new RunningService(SiteSettings.DEFAULTS);
  }

  @AfterAll
  static void stop() {
    running.close();
    ROOT.detachAppender(LINES);
  }

  @Test
  void probes_answer_on_the_management_port_alone() {
    for (String probe : List.of("/livez", "/startupz", "/readyz", "/metrics")) {
      assertEquals(200, await(running.manage(probe).send()).statusCode(), probe);
      assertEquals(404, await(running.get(probe).send()).statusCode(), probe);
    }
    assertEquals(404, await(running.manage("/admin").send()).statusCode());
  }

  @Test
  void metrics_tell_of_requests_pools_and_the_java_machine() {
    await(running.get("/api/v1/sites/blog/thread?page=measured").send());
    await(running.get("/api/v1/sites/none/thread?page=measured").send());

    for (String name :
        List.of(
            "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_response_status_code=\"200\",http_route=\"/api/v1/sites/:site/thread\"}",
            "http_response_status_code=\"404\",http_route=\"/api/v1/sites/:site/thread\"}",
            "http_server_active_requests",
            "afterword_event_loop_delay_seconds_count",
            "cache_gets_total{cache=\"threads\",result=\"hit\"}",
            "afterword_queue_pending",
            "afterword_database_up",
            "jvm_memory_used_bytes",
            "pool")) {
      // A request is counted once its answer is written.
      Eventually.eventually(name + " is told", () -> metrics().contains(name));
    }
    assertFalse(metrics().contains("measured"));
  }

  private static String metrics() {
    return await(running.manage("/metrics").send()).bodyAsString();
  }

  @Test
  void each_request_is_one_line_that_names_nobody() {
    JsonObject body = comment("A text nobody may log");
    body.getJsonObject("author").put("email", "reader@private.example").put("name", "Wilhelmina");
    HttpResponse<Buffer> posted =
        await(
            running
                .post()
                .putHeader("X-Forwarded-For", "203.0.113.77")
                .putHeader("User-Agent", "Browser of one")
                .sendJsonObject(body));
    await(running.get("/api/v1/sites/blog/thread?page=secret-query").send());

    String id = posted.getHeader("X-Request-Id");
    Eventually.eventually(
        "the line is written", () -> lines().stream().anyMatch(line -> line.contains(id)));
    String all = String.join("\n", lines());
    assertEquals(1, lines().stream().filter(line -> line.contains(id)).count(), all);
    String line = lines().stream().filter(l -> l.contains(id)).findFirst().orElseThrow();
    assertTrue(line.contains("/api/v1/sites/blog/comments") && line.contains("202"), line);
    String token = posted.bodyAsJsonObject().getString("ownerToken");
    for (String secret :
        List.of(
            "203.0.113.77",
            "127.0.0.1:",
            "reader@",
            "Wilhelmina",
            "nobody may log",
            "secret-query",
            "Browser of",
            token)) {
      assertFalse(all.contains(secret), secret + " in\n" + all);
    }
  }

  private static List<String> lines() {
    List<ILoggingEvent> told;
    synchronized (LINES) {
      told = List.copyOf(LINES.list);
    }
    return told.stream()
        .map(
            event ->
                event.getFormattedMessage()
                    + " "
                    + event.getKeyValuePairs()
                    + " "
                    + event.getThrowableProxy())
        .toList();
  }
}
