package afterword.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import afterword.db.TestDatabase;
import afterword.events.EventFeed;
import afterword.events.EventStore;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Mode;
import afterword.model.Site;
import afterword.model.SiteSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class SiteAdminIT {
  private static final List<String> ORIGINS = List.of("https://blog.example");
  private SiteStore store;
  private SiteAdmin admin;
  private Sites sites;

  @BeforeEach
  void open(Vertx vertx) {
    var database = TestDatabase.fresh().open(vertx);
    var events = new EventStore();
    store = new SiteStore(database);
    admin = new SiteAdmin(database, store, events, new TestClock());
    sites =
        new Sites(
            store,
            new EventFeed(vertx, database, events),
            "http://localhost:8080",
            new TestClock());
  }

  @Test
  void a_site_keeps_its_settings() {
    var settings =
        new SiteSettings(Mode.ALL, 3, 0, List.of("casino*", "赌博"), false, 500, 2, 60, 5, 30, 20);

    Site added = admin.add("blog", "My blog", ORIGINS, settings).await();

    assertEquals(added, sites.byKey("blog").await());
    assertEquals(settings, sites.byId(added.id()).await().orElseThrow().settings());
  }

  @Test
  void everything_wrong_is_told_at_once_with_what_was_meant() {
    var wrong = List.of("https://blog.example/", "blog.example");

    var failure =
        assertInstanceOf(
            Failure.Invalid.class, failure(admin.add("My Blog", "", wrong, SiteSettings.DEFAULTS)));

    assertEquals(
        List.of("/key", "/name", "/origins/0", "/origins/1"),
        failure.errors().stream().map(error -> error.pointer()).toList());
    assertTrue(failure.errors().get(2).detail().contains("Did you mean https://blog.example?"));
  }

  @Test
  void a_key_is_taken_once() {
    admin.add("blog", "Blog", ORIGINS, SiteSettings.DEFAULTS).await();

    assertInstanceOf(
        Failure.Conflict.class, failure(admin.add("blog", "Blog", ORIGINS, SiteSettings.DEFAULTS)));
  }

  @Test
  void an_unknown_or_impossible_key_is_not_found() {
    for (String key : List.of("none", "", "A", "a'b", "a".repeat(64))) {
      assertInstanceOf(Failure.NotFound.class, failure(sites.byKey(key)));
    }
  }

  private static Failure failure(Future<?> future) {
    Throwable cause = future.map(value -> (Throwable) null).otherwise(thrown -> thrown).await();
    return assertInstanceOf(FailureException.class, cause).failure();
  }
}
