package afterword.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import afterword.Service;
import afterword.config.Config;
import afterword.journeys.Eventually;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A new database password in the file is used without a restart. */
@ExtendWith(VertxExtension.class)
class RotationIT {
  @Test
  void posts_succeed_after_the_old_password_was_revoked(Vertx vertx, @TempDir Path folder)
      throws Exception {
    var database = TestDatabase.fresh();
    DatabaseAddress address = DatabaseAddress.of(database.url());
    String role = address.user();
    String before = database.url();
    Path file = Files.writeString(folder.resolve("uri"), before + "\n");
    Config config =
        Config.load(
            List.of("--port=0", "--management-port=0"),
            Map.of("DATABASE_URL_FILE", file.toString(), "AFTERWORD_SECRET", TestDatabase.SECRET));
    Service service = RunningService.start(vertx, config, Clock.systemUTC());
    try {
      RunningService.addBlog(service, SiteSettings.DEFAULTS);
      WebClient client = WebClient.create(vertx);
      Eventually.eventually("a post was taken", () -> post(client, service, "Before") == 202);

      rotate(before, role, "new-one");
      assertThrows(SQLException.class, () -> TestDatabase.connect(before).close());
      assertEquals(503, post(client, service, "In between"), "it knows the old one only");
      String after = as(role, "new-one", before);
      Files.writeString(file, after);

      Eventually.eventually("a post was taken again", () -> post(client, service, "After") == 202);
      Eventually.eventually("it listens again", () -> listens(after));
    } finally {
      RunningService.await(service.stop());
      // The other tests of this process share the role.
      rotate(as(role, "new-one", before), role, address.password());
    }
  }

  /** As the role itself; ends its sessions, this one last. */
  private static void rotate(String url, String role, String password) throws SQLException {
    try (Connection connection = TestDatabase.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("alter role " + role + " password '" + password + "'");
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
              + role
              + "' and pid <> pg_backend_pid()");
    }
  }

  private static boolean listens(String url) {
    try (Connection connection = TestDatabase.connect(url);
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select from pg_stat_activity where usename = current_user"
                    + " and application_name = 'afterword_events'")) {
      return rows.next();
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  private static String as(String role, String password, String url) {
    return url.replaceFirst("//[^@]*@", "//" + role + ":" + password + "@");
  }

  private static int post(WebClient client, Service service, String text) {
    return RunningService.await(
            client
                .post(service.httpPort(), "127.0.0.1", "/api/v1/sites/blog/comments")
                .putHeader("Origin", RunningService.ORIGIN)
                .putHeader("Idempotency-Key", UUID.randomUUID().toString())
                .sendJsonObject(RunningService.comment(text + UUID.randomUUID())))
        .statusCode();
  }
}
