package afterword.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.config.Config;
import afterword.config.Setting;
import afterword.journeys.Eventually;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ListeningIT {
  private final TestDatabase rows = TestDatabase.fresh();
  private final List<String> told = new CopyOnWriteArrayList<>();

  private final Listening.Ear ear =
      new Listening.Ear() {
        @Override
        public void up() {
          told.add("up");
        }

        @Override
        public void down() {
          told.add("down");
        }

        @Override
        public void heard(String payload) {
          told.add(payload);
        }
      };

  @Test
  void hears_again_after_its_connection_was_closed(Vertx vertx) {
    Listening listening = started(vertx, rows.config());

    rows.terminate("news");
    Eventually.eventually("it listens again", () -> told.equals(List.of("up", "down", "up")));
    notifies("1-2");

    Eventually.eventually("it heard", () -> told.contains("1-2"));
    listening.stop().await();
  }

  @Test
  void a_connection_that_says_nothing_any_more_is_left_behind(Vertx vertx) {
    DatabaseAddress address = DatabaseAddress.of(rows.url());
    var proxy = new FreezingProxy(vertx, address.host(), address.port());
    String through = rows.url().replace(":" + address.port() + "/", ":" + proxy.port() + "/");
    Listening listening = started(vertx, rows.config().with(Setting.DATABASE_URL, through));

    proxy.freeze();
    Eventually.eventually("it listens anew", () -> told.equals(List.of("up", "down", "up")));
    notifies("3-4");

    Eventually.eventually("it heard", () -> told.contains("3-4"));
    assertEquals(4, proxy.connections());
    listening.stop().await();
  }

  @Test
  void does_not_listen_through_a_pooler_that_keeps_no_session(Vertx vertx) {
    Config pooled = rows.config("--database-pooler=transaction");

    assertTrue(Listening.of(vertx, pooled, "news", ear).isEmpty());
    assertTrue(
        Listening.of(vertx, pooled.with(Setting.DATABASE_DIRECT_URL, rows.url()), "news", ear)
            .isPresent());
  }

  private Listening started(Vertx vertx, Config config) {
    Listening listening = Listening.of(vertx, config, "news", ear).orElseThrow();
    listening.start();
    Eventually.eventually("it listens", () -> told.equals(List.of("up")));
    return listening;
  }

  private void notifies(String payload) {
    rows.run("select pg_notify('news', '" + payload + "')");
  }
}
