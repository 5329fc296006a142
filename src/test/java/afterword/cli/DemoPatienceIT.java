package afterword.cli;

import static afterword.journeys.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.config.Config;
import afterword.config.DataFolder;
import afterword.config.Setting;
import afterword.db.TestDatabase;
import afterword.demo.Demo;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class DemoPatienceIT {
  /** Longer than a request waits for a lock or a connection. */
  private static final String KEEP_BUSY =
      "begin; lock table site in access exclusive mode; select pg_sleep(3); commit";

  private static final String IS_BUSY =
      "select count(*) from pg_locks where relation = 'site'::regclass and mode = 'AccessExclusiveLock'"
          + " and granted";

  @Test
  void a_database_too_busy_for_a_request_is_waited_for(Vertx vertx) throws Exception {
    var rows = TestDatabase.fresh();
    Config config = Ports.settle(rows.config(), Setting.AFTERWORD_HOST_PAGE_PORT, "127.0.0.1", 0);
    try (var folder = DataFolder.ephemeral(Path.of("target/test-postgres").toAbsolutePath())) {
      var database = rows.open(vertx);
      var moderators = AddModerator.moderators(vertx, config, database);
      var demo = new Demo(vertx, config, database, moderators, folder, Clock.systemUTC());
      CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> rows.run(KEEP_BUSY));
      eventually("it is busy", () -> rows.ask(IS_BUSY).equals("1"));

      demo.open().await(60, TimeUnit.SECONDS);

      busy.join();
      assertEquals("1", rows.ask("select count(*) from site"));
      assertEquals("1", rows.ask("select count(*) from moderator"));
    }
  }
}
