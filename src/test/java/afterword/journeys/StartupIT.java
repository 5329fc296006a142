package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.Service;
import afterword.config.Setting;
import afterword.db.Migrations;
import afterword.db.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class StartupIT {
  @Test
  void waits_for_the_schema_and_is_started_once_it_fits(Vertx vertx) {
    var database = TestDatabase.blank();
    Service service = await(Service.start(vertx, database.config(), Clock.systemUTC()));
    assertEquals(503, status(vertx, service, "/startupz"));
    assertEquals(200, status(vertx, service, "/livez"));

    Migrations.migrate(database.ownerUrl(), "afterword");

    RunningService.untilStarted(vertx, service);
    await(service.stop());
  }

  @Test
  void starts_with_the_fewest_connections_that_may_be_set(Vertx vertx) {
    var config = TestDatabase.fresh().config("--pool-size=1", "--pool-queue=1");

    Service service = RunningService.start(vertx, config, Clock.systemUTC());

    assertEquals(200, status(vertx, service, "/readyz"));
    await(service.stop());
  }

  @Test
  void starts_without_a_database_and_keeps_trying(Vertx vertx) {
    var config =
        TestDatabase.fresh().config().with(Setting.DATABASE_URL, "postgres://a:b@127.0.0.1:1/c");

    Service service = await(Service.start(vertx, config, Clock.systemUTC()));

    assertEquals(503, status(vertx, service, "/startupz"));
    assertEquals(200, status(vertx, service, "/livez"));
    await(service.stop());
  }

  private static int status(Vertx vertx, Service service, String path) {
    return await(ask(vertx, service, path));
  }

  private static Future<Integer> ask(Vertx vertx, Service service, String path) {
    return WebClient.create(vertx)
        .get(service.managementPort(), "127.0.0.1", path)
        .send()
        .map(r -> r.statusCode());
  }
}
