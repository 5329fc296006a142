package afterword.db;

import afterword.config.ConfigException;
import afterword.config.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A real PostgreSQL in the data folder, for those who have no other. Reached on loopback with
 * passwords that were made for it; its calls block, so they belong on a worker.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** Terse: the details of an error would hold what people wrote. */
  private static final List<String> OPTIONS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "log_error_verbosity=terse",
          "timezone=UTC",
          "log_timezone=UTC");

  private final PostgresCluster cluster;
  private final PostgresServer server;

  private EmbeddedPostgres(PostgresCluster cluster, PostgresServer server) {
    this.cluster = cluster;
    this.server = server;
  }

  /**
   * @throws ConfigException with one line for people if it cannot run here
   */
  public static EmbeddedPostgres start(DataFolder folder) {
    return start(folder, List.of());
  }

  /**
   * @param options more settings of the server, such as "fsync=off" for tests
   */
  static EmbeddedPostgres start(DataFolder folder, List<String> options) {
    try {
      removeAbandoned(folder);
      PostgresBinaries binaries = PostgresBinaries.unpack(folder.programs());
      var cluster = new PostgresCluster(folder, binaries);
      PostgresServer.stopOrphan(cluster.files());
      PostgresUser user = PostgresUser.choose(folder.path(), cluster.files(), binaries);
      if (!Files.exists(cluster.files())) cluster.create(user);
      cluster.requireSameVersion();
      var all = new ArrayList<>(OPTIONS);
      all.addAll(options);
      Path log = folder.path().resolve("database.log");
      return new EmbeddedPostgres(
          cluster, PostgresServer.start(binaries, user, cluster.files(), log, all));
    } catch (IOException broken) {
      throw new ConfigException(
          "The embedded database in " + folder.path() + " does not work: " + broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ConfigException("Stopped while the embedded database was starting");
    }
  }

  /** For the role that serves: it cannot change the schema, nor what is in the audit log. */
  public String serviceUrl() {
    return url(PostgresCluster.SERVE_ROLE, cluster.servePassword(), server.port());
  }

  /** For the role that migrates. */
  public String ownerUrl() {
    return url(PostgresCluster.OWNER_ROLE, cluster.ownerPassword(), server.port());
  }

  public String serveRole() {
    return PostgresCluster.SERVE_ROLE;
  }

  /** How to reach the embedded database of another process, which owns its folder. */
  public record Running(String serviceUrl, String ownerUrl, String serveRole, String secret) {}

  /** Empty if none runs over that folder. */
  public static Optional<Running> running(Path dataFolder) {
    return PostgresServer.runningPort(dataFolder.resolve(PostgresCluster.FILES))
        .map(
            port ->
                new Running(
                    url(
                        PostgresCluster.SERVE_ROLE,
                        kept(dataFolder, PostgresCluster.SERVE_PASSWORD),
                        port),
                    url(
                        PostgresCluster.OWNER_ROLE,
                        kept(dataFolder, PostgresCluster.OWNER_PASSWORD),
                        port),
                    PostgresCluster.SERVE_ROLE,
                    kept(dataFolder, "secret")));
  }

  private static String kept(Path folder, String name) {
    try {
      return Files.readString(folder.resolve(name)).strip();
    } catch (IOException unreadable) {
      throw new ConfigException(
          folder.resolve(name) + " cannot be read: run this as the user who runs Afterword");
    }
  }

  int port() {
    return server.port();
  }

  /** Ends within seconds; what was committed is on disk. */
  @Override
  public void close() {
    server.stop();
  }

  private static String url(String role, String password, int port) {
    return "postgres://"
        + role
        + ":"
        + password
        + "@127.0.0.1:"
        + port
        + "/"
        + PostgresCluster.DATABASE;
  }

  private static void removeAbandoned(DataFolder folder) {
    folder.removeAbandoned(left -> PostgresServer.stopOrphan(left.resolve("database")));
  }
}
