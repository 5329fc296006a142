package afterword.journeys;

import afterword.Service;
import afterword.config.Config;
import afterword.db.TestDatabase;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Site;
import afterword.model.SiteSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The real service on a database of its own, with a site "blog" whose pages are on {@link #ORIGIN}.
 */
public final class RunningService implements AutoCloseable {
  public static final String ORIGIN = "https://blog.example";

  private final Vertx vertx = Vertx.vertx();
  private final TestDatabase database = TestDatabase.fresh();
  private final Service service;
  private final WebClient client;
  private final Site site;

  /** Trusts loopback as a proxy, so that a test can be many people. */
  public RunningService(SiteSettings settings) {
    this(settings, "--trusted-proxies=127.0.0.0/8,::1/128");
  }

  public RunningService(SiteSettings settings, String... flags) {
    this(settings, Clock.systemUTC(), flags);
  }

  public RunningService(SiteSettings settings, Clock clock, String... flags) {
    Config config = database.config(flags);
    service = start(vertx, config, clock);
    client = WebClient.create(vertx);
    site = addBlog(service, settings);
  }

  /**
   * Started, its connections open: the first ones may take longer on a busy machine than a request
   * is willing to wait.
   */
  public static Service start(Vertx vertx, Config config, Clock clock) {
    Service service = await(Service.start(vertx, config, clock));
    untilStarted(vertx, service);
    return service;
  }

  static void untilStarted(Vertx vertx, Service service) {
    WebClient asking = WebClient.create(vertx);
    Eventually.eventually(
        "the service has started",
        Duration.ofMinutes(2),
        () ->
            await(asking.get(service.managementPort(), "127.0.0.1", "/startupz").send())
                    .statusCode()
                == 200);
    asking.close();
  }

  public static Site addBlog(Service service, SiteSettings settings) {
    var added = new AtomicReference<Site>();
    Eventually.eventually(
        "the site was added",
        () -> {
          await(
              service
                  .sites()
                  .add("blog", "Blog", List.of(ORIGIN), settings)
                  .onSuccess(added::set)
                  .mapEmpty()
                  .otherwise(
                      cause -> {
                        if (cause instanceof FailureException failed
                            && failed.failure() instanceof Failure.Unavailable) return null;
                        throw new AssertionError(cause);
                      }));
          return added.get() != null;
        });
    return added.get();
  }

  public TestDatabase database() {
    return database;
  }

  public Service service() {
    return service;
  }

  public Site site() {
    return site;
  }

  public HttpRequest<Buffer> get(String path) {
    return client.get(service.httpPort(), "127.0.0.1", path);
  }

  public HttpRequest<Buffer> request(HttpMethod method, String path) {
    return client.request(method, service.httpPort(), "127.0.0.1", path);
  }

  /** On the port for operators. */
  public HttpRequest<Buffer> manage(String path) {
    return client.get(service.managementPort(), "127.0.0.1", path);
  }

  public HttpRequest<Buffer> postTo(String path) {
    return client.post(service.httpPort(), "127.0.0.1", path);
  }

  /** A post to the comments of the site, from its own page, with a new key. */
  public HttpRequest<Buffer> post() {
    return post(client);
  }

  HttpRequest<Buffer> post(WebClient client) {
    return client
        .post(service.httpPort(), "127.0.0.1", "/api/v1/sites/blog/comments")
        .putHeader("Origin", ORIGIN)
        .putHeader("Idempotency-Key", UUID.randomUUID().toString());
  }

  /** The smallest body that is complete. */
  public static JsonObject comment(String text) {
    return new JsonObject()
        .put(
            "page",
            new JsonObject().put("key", "a.html").put("url", ORIGIN + "/a.html").put("title", "A"))
        .put("author", new JsonObject().put("name", "Ada"))
        .put("body", text);
  }

  public HttpResponse<Buffer> send(JsonObject comment) {
    return await(post().sendJsonObject(comment));
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  /** Does not wait for the orderly end. */
  void abandon() {
    await(vertx.close());
  }

  /** Whatever a test did, what was stored and logged names nobody. */
  @Override
  public void close() {
    await(service.stop());
    await(vertx.close());
    Traces.assertNone(database);
  }
}
