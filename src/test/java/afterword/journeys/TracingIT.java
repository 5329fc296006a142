package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.Service;
import afterword.config.Config;
import afterword.config.ConfigException;
import afterword.db.TestDatabase;
import afterword.model.SiteSettings;
import afterword.ops.Metrics;
import afterword.ops.Tracing;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.client.WebClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** A collector gets the spans of a post, and nothing that anybody wrote. */
class TracingIT {
  @Test
  void a_post_is_a_trace_of_its_route_and_statements_without_a_word_of_it() {
    Queue<String> received = new ConcurrentLinkedQueue<>();
    Vertx own = Vertx.vertx();
    HttpServer collector =
        await(
            own.createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .body()
                            .onSuccess(
                                body -> {
                                  received.add(
                                      request.path()
                                          + " "
                                          + body.toString(StandardCharsets.ISO_8859_1));
                                  request.response().end();
                                }))
                .listen(0, "127.0.0.1"));
    Config config = traced(collector.actualPort());
    var metrics = new Metrics();
    Tracing tracing = Tracing.of(config).orElseThrow();
    Vertx vertx = metrics.vertx(new VertxOptions(), Optional.of(tracing));
    Service service = await(Service.start(vertx, config, Clock.systemUTC(), metrics));
    RunningService.untilStarted(vertx, service);
    RunningService.addBlog(service, SiteSettings.DEFAULTS);

    var comment = RunningService.comment("Words that nobody may trace");
    comment.getJsonObject("author").put("name", "Wilhelmina").put("email", "w@private.example");
    var posted =
        await(
            WebClient.create(own)
                .post(service.httpPort(), "127.0.0.1", "/api/v1/sites/blog/comments?secret-query=1")
                .putHeader("Origin", RunningService.ORIGIN)
                .putHeader("Idempotency-Key", "0123456789abcdef-traced")
                .putHeader("X-Forwarded-For", "203.0.113.77")
                .sendJsonObject(comment));
    assertEquals(202, posted.statusCode(), posted.bodyAsString());
    eventually(
        "the collector heard of the post",
        () -> String.join("", received).contains("/api/v1/sites/:site/comments"));
    await(service.stop());
    await(vertx.close());
    tracing.close();

    String all = String.join("\n", received);
    assertTrue(received.stream().allMatch(one -> one.startsWith("/v1/traces ")), all);
    assertTrue(all.contains("insert into comment"), all);
    for (String secret :
        List.of(
            "nobody may trace",
            "Wilhelmina",
            "private.example",
            "203.0.113.77",
            "secret-query",
            "0123456789abcdef-traced",
            "127.0.0.1",
            posted.bodyAsJsonObject().getString("ownerToken")))
      assertFalse(all.contains(secret), secret + " in\n" + all);
    await(own.close());
  }

  @Test
  void nothing_is_traced_unless_asked_for() {
    assertEquals(Optional.empty(), Tracing.of(Config.load(List.of(), Map.of())));
    assertEquals(
        Optional.empty(),
        Tracing.of(Config.load(List.of(), Map.of("OTEL_TRACES_EXPORTER", "none"))));
    assertThrows(
        ConfigException.class,
        () ->
            Tracing.of(
                Config.load(
                    List.of(),
                    Map.of(
                        "OTEL_TRACES_EXPORTER", "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"))));
  }

  private static Config traced(int port) {
    var database = TestDatabase.fresh();
    var environment = new HashMap<String, String>();
    environment.put("DATABASE_URL", database.url());
    environment.put("AFTERWORD_SECRET", TestDatabase.SECRET);
    environment.put("AFTERWORD_TRUSTED_PROXIES", "127.0.0.0/8");
    environment.put("OTEL_TRACES_EXPORTER", "otlp");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + port);
    environment.put("OTEL_BSP_SCHEDULE_DELAY", "100");
    return Config.load(List.of("--port=0", "--management-port=0"), environment);
  }
}
