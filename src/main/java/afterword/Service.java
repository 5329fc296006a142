package afterword;

import afterword.comment.CommentApi;
import afterword.comment.PostComment;
import afterword.config.Config;
import afterword.config.Setting;
import afterword.db.Database;
import afterword.events.CounterFolder;
import afterword.events.EventFeed;
import afterword.events.EventStore;
import afterword.http.ClientAddress;
import afterword.http.InFlight;
import afterword.http.Problems;
import afterword.keys.Keys;
import afterword.ratelimit.RateLimiter;
import afterword.site.SiteAdmin;
import afterword.site.SiteStore;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.cpu.CpuCoreSensor;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Wires the rooms together and serves them. */
public final class Service {
  private final Vertx vertx;
  private final Config config;
  private final Database database;
  private final EventFeed feed;
  private final CounterFolder folder;
  private final SiteAdmin siteAdmin;
  private final Routes.Rooms rooms;
  private final List<String> deployments = new ArrayList<>();
  private final int port;

  private Service(Vertx vertx, Config config, Clock clock) {
    this.vertx = vertx;
    this.port = config.httpPort();
    this.config = config;
    this.database = Database.open(vertx, config);
    var keys = new Keys(config.secret());
    var events = new EventStore();
    this.feed = new EventFeed(vertx, database, events);
    this.folder = new CounterFolder(vertx, database);
    var siteStore = new SiteStore(database);
    var sites = new Sites(siteStore, feed, config.publicBaseUrl());
    this.siteAdmin = new SiteAdmin(database, siteStore, events, clock);
    var posting = new PostComment(database, keys, feed, clock);
    var comments =
        new CommentApi(
            sites, posting, database, keys, new RateLimiter(clock), new ClientAddress(config.trustedProxies()));
    this.rooms =
        new Routes.Rooms(comments, new Problems(config.publicBaseUrl()), new InFlight(config.inFlightLimit()));
  }

  /** Serves once the future succeeds. */
  public static Future<Service> start(Vertx vertx, Config config, Clock clock) {
    boolean any = config.httpPort() == 0;
    var service = new Service(vertx, any ? config.with(Setting.HTTP_PORT, "" + freePort()) : config, clock);
    service.feed.start();
    service.folder.start();
    return service.listen().map(service);
  }

  private Future<Void> listen() {
    Future<Void> all = Future.succeededFuture();
    for (int i = 0; i < CpuCoreSensor.availableProcessors(); i++) {
      all =
          all.compose(
              done ->
                  vertx
                      .deployVerticle(new HttpVerticle(config, port, v -> Routes.of(v, rooms)))
                      .onSuccess(deployments::add)
                      .mapEmpty());
    }
    return all;
  }

  public int httpPort() {
    return port;
  }

  public SiteAdmin sites() {
    return siteAdmin;
  }

  public Database database() {
    return database;
  }

  /** Finishes what is in flight, then lets go of the database. */
  public Future<Void> stop() {
    feed.stop();
    folder.stop();
    List<Future<Void>> stopped = deployments.stream().map(vertx::undeploy).toList();
    return Future.join(stopped).transform(done -> database.close());
  }

  private static int freePort() {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(0));
      return socket.getLocalPort();
    } catch (java.io.IOException none) {
      throw new IllegalStateException("no free port", none);
    }
  }
}
