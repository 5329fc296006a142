package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What must not be found, where people could find it. */
class PrivacyIT {
  private static final String ADDRESS = "203.0.113.77";
  private static final String KEY = "00112233445566778899aabbccddeeff";
  private static final String EMAIL = "reader@private.example";
  private static final String PASSWORD = "correct horse battery staple";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private RunningService running;
  private Level level;

  @BeforeEach
  void start() {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    level = root.getLevel();
    root.setLevel(Level.DEBUG);
    ((Logger) LoggerFactory.getLogger("io.netty")).setLevel(Level.INFO);
    log.start();
    root.addAppender(log);
    var settings =
        new SiteSettings(
            Mode.OPEN, 1, 2, List.of("casino"), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
    running = new RunningService(settings);
  }

  @AfterEach
  void stop() {
    running.close();
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAppender(log);
    root.setLevel(level);
  }

  @Test
  void neither_database_nor_log_holds_an_address_or_a_usable_token() {
    JsonObject posted = post("Good morning").bodyAsJsonObject();
    var moderators = running.service().moderators();
    await(
        moderators.add(
            "test",
            "mo@blog.example",
            "Mo",
            Optional.of(PASSWORD),
            Map.of("blog", Role.OWNER),
            false));
    String access =
        await(
            moderators.issueToken(
                "mo@blog.example", "t", EnumSet.allOf(Scope.class), Optional.empty()));
    HttpResponse<Buffer> session =
        await(
            running
                .postTo("/api/v1/admin/session")
                .putHeader("X-Forwarded-For", ADDRESS)
                .putHeader("Origin", "http://localhost:" + running.service().httpPort())
                .sendJsonObject(
                    new JsonObject().put("email", "mo@blog.example").put("password", PASSWORD)));
    assertEquals(200, session.statusCode(), session.bodyAsString());
    String cookie = session.getHeader("Set-Cookie").split("[=;]")[1];

    String dump = dump();
    assertTrue(dump.contains("Good morning"), "the dump is not empty");
    for (String secret :
        List.of(ADDRESS, KEY, posted.getString("ownerToken"), access, cookie, PASSWORD)) {
      assertFalse(dump.contains(secret), "in the database: " + secret);
      assertFalse(lines().contains(secret), "in the log: " + secret);
    }
    assertFalse(lines().contains(EMAIL), "an e-mail address in the log");
    assertFalse(lines().contains("Good morning"), "a comment's text in the log");
  }

  @Test
  void no_public_answer_holds_what_is_not_public() {
    String good = id(post("Published text"));
    String held = id(post("Held casino text"));
    String removed = id(post("Removed text"));
    await(
        running
            .service()
            .moderators()
            .add(
                "t",
                "mo@b.example",
                "Mo",
                Optional.of(PASSWORD),
                Map.of("blog", Role.OWNER),
                false));
    String access =
        await(
            running
                .service()
                .moderators()
                .issueToken("mo@b.example", "t", EnumSet.allOf(Scope.class), Optional.empty()));
    var items = new JsonArray().add(new JsonObject().put("id", removed).put("version", 1));
    HttpResponse<Buffer> decided =
        await(
            running
                .postTo("/api/v1/admin/decisions")
                .putHeader("Origin", "http://localhost:" + running.service().httpPort())
                .bearerTokenAuthentication(access)
                .sendJsonObject(new JsonObject().put("action", "reject").put("items", items)));
    assertEquals(200, decided.statusCode());

    var answers = new ArrayList<String>();
    for (String path :
        List.of(
            "/thread?page=a.html",
            "/latest",
            "/counts?page=a.html",
            "/comments/" + good,
            "/comments/" + held,
            "/comments/" + removed,
            "/comments/" + good + "/replies")) {
      answers.add(await(running.get("/api/v1/sites/blog" + path).send()).bodyAsString());
    }
    String all = String.join("\n", answers);
    assertTrue(all.contains("Published text"));
    for (String secret :
        List.of("casino", "Removed text", EMAIL, ADDRESS, KEY, "_hash", "source")) {
      assertFalse(all.contains(secret), secret + " in " + all);
    }
  }

  private HttpResponse<Buffer> post(String text) {
    JsonObject body = comment(text).put("commenterKey", KEY);
    body.getJsonObject("author").put("email", EMAIL);
    HttpResponse<Buffer> answer =
        await(running.post().putHeader("X-Forwarded-For", ADDRESS).sendJsonObject(body));
    assertTrue(answer.statusCode() < 300, answer.bodyAsString());
    return answer;
  }

  private static String id(HttpResponse<Buffer> answer) {
    return answer.bodyAsJsonObject().getJsonObject("comment").getString("id");
  }

  /** Every row of every table as text. */
  private String dump() {
    String tables =
        running
            .database()
            .ask(
                """
                select string_agg(quote_ident(table_name), ' ') from information_schema.tables
                where table_schema = 'public' and table_type = 'BASE TABLE'
                """);
    var text = new StringBuilder();
    for (String table : tables.split(" ")) {
      text.append(running.database().ask("select string_agg(t::text, ' ') from " + table + " t"))
          .append('\n');
    }
    return text.toString();
  }

  private String lines() {
    var text = new StringBuilder();
    for (ILoggingEvent event : List.copyOf(log.list))
      text.append(event.getFormattedMessage()).append('\n');
    return text.toString();
  }
}
