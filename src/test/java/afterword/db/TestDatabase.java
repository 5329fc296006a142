package afterword.db;

import afterword.config.Config;
import afterword.config.DataFolder;
import afterword.journeys.Eventually;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own for a test: a clone of the migrated one, on one embedded PostgreSQL per
 * JVM.
 *
 * <pre>
 * var database = TestDatabase.fresh();
 * var config = database.config("--port", "0");
 * </pre>
 */
public record TestDatabase(String url, String ownerUrl) {
  public static final String SECRET = "Qm9vtW3kTz8xYr5uHc2nLp7sJd4fGb6aEe1iOo0w";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** Tests trust loopback as a proxy and forge one address per person. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("AFTERWORD_SECRET", SECRET, "AFTERWORD_TRUSTED_PROXIES", "127.0.0.0/8");

  /** Migrated and empty. */
  public static TestDatabase fresh() {
    return clone("template afterword");
  }

  /** Not even migrated. */
  public static TestDatabase blank() {
    return clone("template template0");
  }

  /** The configuration of a service on this database, with more flags. */
  public Config config(String... flags) {
    var environment = new java.util.HashMap<>(ENVIRONMENT);
    environment.put("DATABASE_URL", url);
    environment.put("DATABASE_OWNER_URL", ownerUrl);
    var args = new ArrayList<>(List.of("--port=0", "--management-port=0", "--host-page-port=0"));
    args.addAll(List.of(flags));
    return Config.load(args, environment);
  }

  /**
   * Opened, and answering: the first connections may take longer than a request is willing to wait.
   */
  public Database open(Vertx vertx) {
    return open(vertx, config());
  }

  /** As {@link #open(Vertx)}, with a configuration of its own. */
  public static Database open(Vertx vertx, Config config) {
    var database = Database.open(vertx, config);
    Eventually.eventually(
        "the database answered", () -> database.warm().map(true).otherwise(false).await());
    return database;
  }

  /** Runs SQL as the owner of the schema. */
  public void run(String sql) {
    try (Connection connection = connect(ownerUrl);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Asks for one value as the owner of the schema. */
  public String ask(String sql) {
    try (Connection connection = connect(ownerUrl);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Ends the connections of that name from the server's side. */
  public void terminate(String applicationName) {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
              + " and application_name = '"
              + applicationName
              + "'");
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  /**
   * Runs SQL as the role that serves.
   *
   * @param statements "%s" stands for the database's name
   */
  public void asServing(String... statements) {
    String name = url.substring(url.lastIndexOf('/') + 1);
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      for (String one : statements) statement.execute(one.formatted(name));
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  /** As the owner of the schema. */
  public Connection connect() throws SQLException {
    return connect(ownerUrl);
  }

  /**
   * Waits until every event is finished for readers: they stop below the oldest transaction that
   * runs anywhere on the server, another test's service included.
   */
  public void settle() {
    Eventually.eventually(
        "no transaction was older than the newest event",
        () ->
            "t"
                .equals(
                    ask(
                        "select coalesce(bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())), true)"
                            + " from event")));
  }

  /**
   * Whether somebody waits for a lock; asked on a connection that stands, as nobody waits for long.
   */
  public static boolean isWaitedFor(Statement open) {
    try (var found = open.executeQuery("select exists (select from pg_locks where not granted)")) {
      return found.next() && found.getBoolean(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static Connection connect(String url) throws SQLException {
    DatabaseAddress address = DatabaseAddress.of(url);
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  private static TestDatabase clone(String template) {
    String name = "test_" + NUMBER.incrementAndGet();
    var main =
        new TestDatabase(
            named(Running.POSTGRES.serviceUrl(), "postgres"),
            named(Running.POSTGRES.ownerUrl(), "postgres"));
    main.run("create database " + name + " " + template + " strategy file_copy");
    return new TestDatabase(
        named(Running.POSTGRES.serviceUrl(), name), named(Running.POSTGRES.ownerUrl(), name));
  }

  private static String named(String url, String database) {
    return url.substring(0, url.lastIndexOf('/') + 1) + database;
  }

  /** Started when first asked for, stopped with the JVM. */
  private static final class Running {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      var folder = DataFolder.ephemeral(Path.of("target/test-postgres").toAbsolutePath());
      var postgres =
          EmbeddedPostgres.start(
              folder,
              List.of(
                  "fsync=off",
                  "full_page_writes=off",
                  "max_connections=400",
                  "shared_buffers=64MB"));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    postgres.close();
                    folder.close();
                  }));
      Migrations.migrate(postgres.ownerUrl(), postgres.serveRole());
      return postgres;
    }
  }
}
