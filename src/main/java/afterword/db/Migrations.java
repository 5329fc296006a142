package afterword.db;

import static java.util.stream.Collectors.joining;

import afterword.config.ConfigException;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlClient;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * The schema's steps, numbered files in {@code migrations/}: applied by "migrate", checked by
 * "serve".
 */
public final class Migrations {
  private static final String SCHEMA_VERSION =
      """
      select coalesce(max(version::int) filter (where success), 0), count(*) filter (where not success)
      from flyway_schema_history
      where version is not null
      """;

  private static final String NO_SUCH_TABLE = "42P01";

  private Migrations() {}

  /**
   * Applies what is missing; blocks. Several processes may do so at once: one works, the others
   * wait.
   *
   * @param url of the role that owns the schema
   * @return how many steps were applied
   */
  public static int migrate(String url, String serveRole) {
    DatabaseAddress address = DatabaseAddress.of(url);
    var configuration =
        Flyway.configure()
            .dataSource(address.jdbcUrl(), address.user(), address.password())
            .locations("classpath:migrations")
            .placeholders(Map.of("serve_role", serveRole))
            .lockRetryCount(300);
    // Otherwise "create index concurrently" waits for the lock's own transaction for ever.
    configuration
        .getPluginRegister()
        .getExact(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    try {
      return configuration.load().migrate().migrationsExecuted;
    } catch (FlywayException failed) {
      throw new ConfigException(
          "The database could not be migrated: " + firstLines(failed.getMessage()));
    }
  }

  /** What went wrong and with which step; the rest is the library's advice on itself. */
  private static String firstLines(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .limit(2)
        .collect(joining(": "));
  }

  /** The newest step that this program brings. */
  public static int requiredVersion() {
    return MigrationFiles.newest();
  }

  /** Empty words if the schema fits; a newer one does, because steps only ever add. */
  public static Future<String> misfit(SqlClient client) {
    return client
        .query(SCHEMA_VERSION)
        .execute()
        .map(rows -> rows.iterator().next())
        .map(row -> misfit(row.getInteger(0), row.getLong(1)))
        .recover(
            cause ->
                cause instanceof PgException refused && NO_SUCH_TABLE.equals(refused.getSqlState())
                    ? Future.succeededFuture("The database is empty: run \"afterword migrate\"")
                    : DatabaseFailures.named(cause));
  }

  private static String misfit(int version, long failed) {
    if (failed > 0) return "A migration has failed half-way: see \"afterword migrate\"";
    if (version >= requiredVersion()) return "";
    return "The schema is at version "
        + version
        + ", this program needs "
        + requiredVersion()
        + ": run \"afterword migrate\"";
  }
}
