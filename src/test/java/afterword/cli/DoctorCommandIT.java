package afterword.cli;

import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.Service;
import afterword.db.TestDatabase;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** "afterword doctor" as an operator's script calls it: its exit code, and what it prints. */
@ExtendWith(VertxExtension.class)
class DoctorCommandIT {
  private static final String NOWHERE = "postgres://a:b@127.0.0.1:1/afterword";

  private final TestDatabase database = TestDatabase.fresh();
  private Service service;

  @TempDir Path folder;

  @BeforeEach
  void serve(Vertx vertx) {
    service = RunningService.start(vertx, database.config(), Clock.systemUTC());
    // Its pages are on this machine, whose name needs no DNS.
    await(
        service
            .sites()
            .add("blog", "Blog", List.of("http://localhost:8080"), SiteSettings.DEFAULTS));
  }

  @AfterEach
  void stop() {
    await(service.stop());
  }

  @Test
  void ends_with_0_where_nothing_is_wrong() throws Exception {
    var json = new JsonObject(doctor(0, database.url(), "--json"));

    assertTrue(json.getBoolean("healthy"), json::encode);
    Map<String, String> outcomes = outcomes(json);
    assertEquals("ok", outcomes.get("schema"), json::encode);
    assertEquals("left out", outcomes.get("mail"), json::encode);
    String said = doctor(0, database.url());
    for (String check : outcomes.keySet()) assertTrue(said.contains(" " + check + " "), said);
  }

  @Test
  void ends_with_1_where_something_is_and_says_what_to_do() throws Exception {
    var json = new JsonObject(doctor(1, NOWHERE, "--json"));

    assertFalse(json.getBoolean("healthy"), json::encode);
    assertEquals("FAULT", outcomes(json).get("database"), json::encode);
    JsonObject database = json.getJsonArray("checks").getJsonObject(0);
    assertEquals("database", database.getString("check"));
    assertFalse(database.getString("found").isBlank(), json::encode);
    assertFalse(database.getString("advice").isBlank(), json::encode);
    String said = doctor(1, NOWHERE);
    assertTrue(said.contains(database.getString("advice")), said);
    assertFalse(said.contains("\tat "), said);
  }

  @Test
  void ends_with_2_where_it_is_asked_wrongly() throws Exception {
    String said = doctor(2, database.url(), "--jason");

    assertTrue(said.startsWith("afterword: --jason is not known"), said);
  }

  private String doctor(int expected, String databaseUrl, String... options) throws Exception {
    var arguments = new ArrayList<String>(List.of("doctor"));
    arguments.add("--public-base-url=http://localhost:" + service.httpPort());
    arguments.addAll(List.of(options));
    try (Program program =
        Program.start(
            folder,
            List.of(
                "env", "DATABASE_URL=" + databaseUrl, "AFTERWORD_SECRET=" + TestDatabase.SECRET),
            Program.classPath(),
            arguments.toArray(String[]::new))) {
      int code = program.exitCode();
      assertEquals(expected, code, program.said());
      return program.said();
    }
  }

  private static Map<String, String> outcomes(JsonObject json) {
    return json.getJsonArray("checks").stream()
        .map(JsonObject.class::cast)
        .collect(Collectors.toMap(one -> one.getString("check"), one -> one.getString("outcome")));
  }
}
