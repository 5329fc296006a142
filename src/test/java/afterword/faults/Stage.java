package afterword.faults;

import afterword.config.DataFolder;
import afterword.db.KillablePostgres;
import afterword.db.Migrations;
import afterword.db.PostgresStandby;
import afterword.db.TestDatabase;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** One database, what lies before it, services in processes of their own, and all who use them. */
final class Stage implements AutoCloseable {
  /** Most comments are told of, and some are deleted before. */
  private static final String GRACE_SECONDS = "2";

  private static final double QUIET_SECONDS = 3;
  private static final double LONGEST_RECOVERY_SECONDS = 60;

  final Vertx vertx = Vertx.vertx();
  final KillablePostgres postgres;
  final Link link;
  final List<ServiceProcess> services = new ArrayList<>();
  final Journal journal;
  final Writer writer;
  final Readers readers;
  final Outside outside;
  final String moderator;

  /** What is unlike a plain one. */
  record Plan(
      int services,
      List<String> javaOptions,
      List<Path> before,
      List<String> postgresOptions,
      Map<String, String> settings,
      Optional<Path> databaseFolder) {
    static final Plan ONE =
        new Plan(1, List.of(), List.of(), List.of(), Map.of(), Optional.empty());

    Plan withServices(int number) {
      return new Plan(number, javaOptions, before, postgresOptions, settings, databaseFolder);
    }

    Plan withJava(String... options) {
      return new Plan(
          services, List.of(options), before, postgresOptions, settings, databaseFolder);
    }

    Plan withBefore(Path classes) {
      return new Plan(
          services, javaOptions, List.of(classes), postgresOptions, settings, databaseFolder);
    }

    Plan withPostgres(String... options) {
      return new Plan(services, javaOptions, before, List.of(options), settings, databaseFolder);
    }

    Plan withSettings(Map<String, String> more) {
      return new Plan(services, javaOptions, before, postgresOptions, more, databaseFolder);
    }

    Plan withDatabaseIn(Path folder) {
      return new Plan(
          services, javaOptions, before, postgresOptions, settings, Optional.of(folder));
    }
  }

  private final Path folder;
  private volatile IntSupplier databasePort;
  private Link lag;
  private Optional<PostgresStandby> standby = Optional.empty();

  /** A run that is stopped leaves no process behind. */
  private final Thread onExit = new Thread(this::end);

  Stage(Plan plan) throws Exception {
    folder = Files.createTempDirectory("faults");
    postgres =
        KillablePostgres.start(
            plan.databaseFolder.orElse(folder.resolve("data")), plan.postgresOptions);
    TestDatabase database = postgres.database();
    Migrations.migrate(database.ownerUrl(), postgres.serveRole());
    outside = new Outside(vertx);
    moderator = People.settle(vertx, database, outside);
    databasePort = postgres::port;
    link = new Link(vertx, () -> databasePort.getAsInt());
    var environment = new HashMap<String, String>();
    environment.put("DATABASE_URL", database.url().replaceFirst(":\\d+/", ":" + link.port() + "/"));
    environment.put("AFTERWORD_SECRET", TestDatabase.SECRET);
    environment.put("AFTERWORD_CONNECTIONS_PER_ADDRESS", "100000");
    environment.put("AFTERWORD_OUTBOUND_HOSTS", outside.host());
    environment.put("AFTERWORD_NOTIFY_GRACE_SECONDS", GRACE_SECONDS);
    environment.put("TMPDIR", folder.toString());
    environment.putAll(plan.settings);
    for (int i = 0; i < plan.services; i++)
      services.add(
          new ServiceProcess(
              environment, plan.javaOptions, plan.before, folder.resolve("service-" + i + ".log")));
    List<Integer> ports = services.stream().map(ServiceProcess::port).toList();
    journal = new Journal(folder.resolve("journal"));
    writer = new Writer(ports, journal);
    readers = new Readers(ports, moderator, writer);
    Runtime.getRuntime().addShutdownHook(onExit);
    for (ServiceProcess service : services) service.start();
  }

  private void end() {
    services.forEach(ServiceProcess::close);
    if (postgres.runs()) postgres.kill();
    standby.ifPresent(PostgresStandby::close);
    try {
      DataFolder.remove(folder);
    } catch (java.io.IOException | java.io.UncheckedIOException stillWrittenTo) {
      System.err.println(folder + " is left over");
    }
  }

  /**
   * A standby that reads through a link of its own; before anybody writes.
   *
   * @param synchronous whether a commit waits for it
   * @param lagMillis how much later it hears of everything
   */
  PostgresStandby addStandby(boolean synchronous, int lagMillis) throws Exception {
    postgres.stop();
    PostgresStandby added = postgres.standby(folder.resolve("standby"));
    standby = Optional.of(added);
    if (synchronous) postgres.set("synchronous_standby_names=standby");
    postgres.start();
    lag = new Link(vertx, postgres::port);
    lag.delay(lagMillis);
    added.follow(lag.port());
    return added;
  }

  /** From now on the services and the checker mean the standby. */
  void failOver() throws Exception {
    standby.orElseThrow().promote();
    databasePort = standby.orElseThrow()::port;
  }

  /** The one that counts. */
  TestDatabase database() {
    boolean movedOn = standby.isPresent() && !postgres.runs();
    return movedOn ? standby.get().database() : postgres.database();
  }

  /** All begin, and each service has taken a post. */
  void begin(int workers, int perSecond) throws InterruptedException {
    for (ServiceProcess service : services)
      until("a service takes a post", 180, () -> accepts(service));
    writer.start(workers, perSecond);
    readers.start();
    long begun = System.nanoTime();
    until("posts are acknowledged", 120, () -> writer.lastAcknowledged() > begun);
  }

  boolean accepts(ServiceProcess service) {
    if (!service.isAlive())
      throw new IllegalStateException("the service ended; its last words: " + lastWords(service));
    var first = new Writer(List.of(service.port()), journal);
    var post =
        new Journal.Post(
            java.util.UUID.randomUUID().toString(), "first", null, "shown0x " + System.nanoTime());
    return first.send(post).acknowledged();
  }

  static String lastWords(ServiceProcess service) {
    try {
      List<String> lines = Files.readAllLines(service.log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (java.io.IOException none) {
      return "(none)";
    }
  }

  /** Until a post is acknowledged that was sent after that moment; gives the seconds. */
  double untilAcknowledged(long since) throws InterruptedException {
    until("a post is acknowledged again", 120, () -> writer.lastAcknowledged() > since);
    return (writer.lastAcknowledged() - since) / 1e9;
  }

  /**
   * Until nothing has failed for some seconds; gives the seconds from the end of the fault to the
   * last failure or the first success, whichever was later.
   */
  double untilQuiet(long faultEnded) throws InterruptedException {
    double first = untilAcknowledged(faultEnded);
    long patience = System.nanoTime() + (long) (LONGEST_RECOVERY_SECONDS * 1e9);
    long last = lastFailed();
    while (System.nanoTime() - last < QUIET_SECONDS * 1e9) {
      if (System.nanoTime() > patience) return LONGEST_RECOVERY_SECONDS;
      Thread.sleep(50);
      last = lastFailed();
    }
    readers.databaseAway(false);
    return Math.max(first, (last - faultEnded) / 1e9);
  }

  private long lastFailed() {
    return Math.max(writer.lastFailed(), readers.lastFailed());
  }

  /** All stop, and what they saw is compared with what there is. */
  Row row(String play, int faults, double recovery, Row.Limit limit) throws Exception {
    writer.close();
    readers.close();
    return new Checker(this).check(play, faults, recovery, limit);
  }

  static void until(String what, int seconds, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end)
        throw new IllegalStateException("waited " + seconds + " s until " + what);
      Thread.sleep(20);
    }
  }

  @Override
  public void close() throws Exception {
    Runtime.getRuntime().removeShutdownHook(onExit);
    services.forEach(ServiceProcess::close);
    link.close();
    outside.close();
    if (lag != null) lag.close();
    vertx.close().await(10, TimeUnit.SECONDS);
    postgres.close();
    standby.ifPresent(PostgresStandby::close);
    journal.close();
    DataFolder.remove(folder);
  }
}
