package afterword;

import afterword.auth.Moderators;
import afterword.comment.FirstPost;
import afterword.config.Config;
import afterword.config.Setting;
import afterword.db.Database;
import afterword.db.SchemaCheck;
import afterword.ops.Management;
import afterword.ops.Metrics;
import afterword.site.SiteAdmin;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running service: all rooms, one HTTP server on every core, one for management. */
public final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  /** Servers that listen on the same negative port share one that the kernel picks. */
  private static final int ANY_PORT = -1;

  private static final long WARM_AGAIN_MILLIS = 200;

  private final Vertx vertx;
  private final Database database;
  private final Rooms rooms;
  private final Management management;
  private final String deployment;
  private final List<HttpVerticle> loops;
  private final Future<Void> prepared;
  private Future<Void> stopped;

  private Service(
      Vertx vertx,
      Database database,
      Rooms rooms,
      Management management,
      Future<Void> prepared,
      List<HttpVerticle> loops,
      String deployment) {
    this.vertx = vertx;
    this.database = database;
    this.rooms = rooms;
    this.management = management;
    this.prepared = prepared;
    this.loops = loops;
    this.deployment = deployment;
  }

  public static Future<Service> start(Vertx vertx, Config config, Clock clock) {
    return start(vertx, config, clock, new Metrics());
  }

  /** Succeeds once it serves; the database may be away. */
  public static Future<Service> start(Vertx vertx, Config config, Clock clock, Metrics metrics) {
    if (config.httpPort() > 0) return start(vertx, config, clock, metrics, config.httpPort());
    return vertx
        .createHttpServer(HttpVerticle.options())
        .requestHandler(request -> request.response().setStatusCode(503).end())
        .listen(ANY_PORT, config.httpHost())
        .compose(holder -> onPortOf(holder, vertx, config, clock, metrics));
  }

  /** The port must be known before the rooms are wired, because our own address is made of it. */
  private static Future<Service> onPortOf(
      HttpServer holder, Vertx vertx, Config config, Clock clock, Metrics metrics) {
    Config known = config.with(Setting.HTTP_PORT, Integer.toString(holder.actualPort()));
    return start(vertx, known, clock, metrics, ANY_PORT).eventually(holder::close);
  }

  private static Future<Service> start(
      Vertx vertx, Config config, Clock clock, Metrics metrics, int port) {
    // What takes longest goes on while the rooms are wired: profiles of languages are read, and the
    // first connections have a password to hash.
    Future<Void> prepared = FirstPost.prepare(vertx);
    var database = Database.open(vertx, config);
    database.warm();
    var rooms = new Rooms(vertx, config, database, clock, metrics);
    var management = new Management(rooms.health, metrics);
    var onEach = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    var loops = new CopyOnWriteArrayList<HttpVerticle>();
    return management
        .listen(vertx, config.managementPort(), config.managementHost())
        .compose(
            listening ->
                vertx.deployVerticle(
                    () -> {
                      var loop = new HttpVerticle(rooms, port);
                      loops.add(loop);
                      return loop;
                    },
                    onEach))
        .map(
            deployment ->
                new Service(vertx, database, rooms, management, prepared, loops, deployment))
        .compose(Service::opened)
        .onFailure(notServing -> Future.join(database.close(), management.close()));
  }

  private Future<Service> opened() {
    rooms.open();
    LOG.info("serving on port {}, management on port {}", httpPort(), managementPort());
    LOG.info(
        "opens up to {} database connections; that times the number of processes must fit max_connections",
        Database.connectionsOf(rooms.config));
    return SchemaCheck.untilItFits(vertx, database, this::warm).map(this);
  }

  /**
   * Started once writes have their connections and a text has gone through what it goes through:
   * the first post must not wait for either.
   */
  private void warm() {
    Future.join(database.warm(), connected())
        .compose(connected -> prepared)
        .onSuccess(warm -> rooms.health.started())
        .onFailure(away -> vertx.setTimer(WARM_AGAIN_MILLIS, fired -> warm()));
  }

  /** Where the database has no room for all of them, those that there are do. */
  private Future<?> connected() {
    return Future.join(
            loops.stream()
                .limit(rooms.config.poolSize())
                .map(loop -> loop.connect(database))
                .toList())
        .otherwiseEmpty();
  }

  public Config config() {
    return rooms.config;
  }

  public int httpPort() {
    return rooms.config.httpPort();
  }

  /** What it serves, for who wants to compare that with what is written about it. */
  List<Sitemap.Line> sitemap() {
    return new Routes(vertx, rooms).lines();
  }

  public int managementPort() {
    return management.port();
  }

  public SiteAdmin sites() {
    return rooms.siteAdmin;
  }

  public Moderators moderators() {
    return rooms.auth.moderators();
  }

  public Database database() {
    return database;
  }

  /**
   * Not ready, but serving until balancers have heard; then live streams are asked to come back
   * elsewhere, then no new connections, then what is in flight is finished, then the database is
   * let go.
   */
  public synchronized Future<Void> stop() {
    if (stopped == null) stopped = drained();
    return stopped;
  }

  private Future<?> heard() {
    int seconds = rooms.config.drainSeconds();
    return seconds == 0
        ? Future.succeededFuture()
        : vertx.timer(seconds, TimeUnit.SECONDS).mapEmpty();
  }

  private Future<Void> drained() {
    rooms.health.drain();
    return heard()
        .onComplete(heard -> rooms.closeStreams())
        .compose(heard -> vertx.undeploy(deployment))
        .eventually(rooms::close)
        .eventually(() -> Future.join(prepared, database.close(), management.close()));
  }
}
