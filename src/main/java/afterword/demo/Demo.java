package afterword.demo;

import afterword.auth.Moderators;
import afterword.config.Config;
import afterword.config.DataFolder;
import afterword.db.Database;
import afterword.keys.Keys;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Site;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sets the demo up on a service that runs: the site, its blog, a moderator and the first comments.
 */
public final class Demo {
  private static final String SEEDED_FILE = "demo-seeded";
  private static final String HOST = "127.0.0.1";
  private static final int RETRY_MILLIS = 200;

  private final Vertx vertx;
  private final Config config;
  private final Database database;
  private final DataFolder folder;
  private final Clock clock;
  private final DemoSite site;
  private final DemoModerator moderator;

  public Demo(
      Vertx vertx,
      Config config,
      Database database,
      Moderators moderators,
      DataFolder folder,
      Clock clock) {
    this.vertx = vertx;
    this.config = config;
    this.database = database;
    this.folder = folder;
    this.clock = clock;
    this.site = new DemoSite(database, clock);
    this.moderator = new DemoModerator(moderators, folder);
  }

  /** Done before, only what follows the ports is brought up to date. */
  public Future<Ready> open() {
    return patiently(this::prepared)
        .compose(
            site ->
                new HostPage(config.publicBaseUrl(), DemoSite.KEY)
                    .listen(vertx, HOST, config.hostPagePort()))
        .compose(listening -> patiently(this::ready));
  }

  /**
   * All steps can be repeated. A busy machine may take longer to connect than a request would wait.
   */
  private <T> Future<T> patiently(Supplier<Future<T>> step) {
    return step.get()
        .recover(
            cause ->
                cause instanceof FailureException failed
                        && failed.failure() instanceof Failure.Unavailable
                    ? vertx
                        .timer(RETRY_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(passed -> patiently(step))
                    : Future.failedFuture(cause));
  }

  private Future<Site> prepared() {
    if (folder.find(SEEDED_FILE).isPresent()) {
      return site.asItIs(origins())
          .compose(demo -> site.movePages(demo, origins().get(0)).map(demo));
    }
    var seed = new Seed(vertx, database, new Keys(config.secret()), pageUrl(), clock.instant());
    return site.open(origins())
        .compose(open -> seed.published(open).compose(done -> seed.flagged(open)))
        .compose(done -> site.careful(origins()))
        .compose(careful -> seed.held(careful).map(careful))
        .onSuccess(seeded -> folder.write(SEEDED_FILE, clock.instant().toString()));
  }

  private Future<Ready> ready() {
    return moderator
        .password()
        .compose(
            password -> moderator.accessToken().map(token -> ready(password.orElse(null), token)));
  }

  private Ready ready(String password, String accessToken) {
    return new Ready(
        config.publicBaseUrl(),
        pageUrl(),
        config.publicBaseUrl() + "/admin",
        "http://localhost:" + config.managementPort(),
        DemoSite.KEY,
        DemoModerator.EMAIL,
        password,
        accessToken);
  }

  private String pageUrl() {
    return origins().get(0) + HostPage.PATH;
  }

  private List<String> origins() {
    return List.of(
        "http://" + HOST + ":" + config.hostPagePort(),
        "http://localhost:" + config.hostPagePort());
  }
}
