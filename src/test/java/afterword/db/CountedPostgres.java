package afterword.db;

import afterword.config.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL of its own that counts statements ({@code pg_stat_statements}) and lets tests in as
 * the superuser; migrated and empty.
 */
public final class CountedPostgres implements AutoCloseable {
  private static final Path HOME = Path.of("target/test-postgres").toAbsolutePath();
  private static final List<String> FOR_TESTS =
      List.of(
          "fsync=off",
          "full_page_writes=off",
          "shared_buffers=64MB",
          "shared_preload_libraries=pg_stat_statements",
          "pg_stat_statements.track_utility=off");

  private final DataFolder folder;
  private final EmbeddedPostgres postgres;

  private CountedPostgres(DataFolder folder, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  public static CountedPostgres start() {
    DataFolder folder = DataFolder.ephemeral(HOME);
    create(folder);
    CountedPostgres started = start(folder, List.of());
    started.ask("create extension pg_stat_statements");
    return started;
  }

  /** Over files that {@link #create} has made, or a copy of them. */
  static CountedPostgres start(DataFolder folder, List<String> options) {
    var all = new ArrayList<>(FOR_TESTS);
    all.addAll(options);
    return new CountedPostgres(folder, EmbeddedPostgres.start(folder, all));
  }

  /** The files, of a server that was stopped. */
  static void create(DataFolder folder) {
    try (var postgres = EmbeddedPostgres.start(folder, FOR_TESTS)) {
      Migrations.migrate(postgres.ownerUrl(), postgres.serveRole());
    }
    try {
      Files.writeString(
          folder.path().resolve(PostgresCluster.FILES + "/pg_hba.conf"),
          "host all,replication postgres 127.0.0.1/32 trust\n",
          StandardOpenOption.APPEND);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public TestDatabase database() {
    return new TestDatabase(postgres.serviceUrl(), postgres.ownerUrl());
  }

  int port() {
    return postgres.port();
  }

  /**
   * How often statements were run so far.
   *
   * @param like pattern of their text, as in SQL
   */
  public long calls(String like) {
    return Long.parseLong(
        ask(
            "select coalesce(sum(calls), 0) from pg_stat_statements where query like '%s'"
                .formatted(like)));
  }

  /** One value, as the superuser. */
  public String ask(String sql) {
    String url =
        "postgres://postgres:none@127.0.0.1:" + postgres.port() + "/" + PostgresCluster.DATABASE;
    try (Connection connection = TestDatabase.connect(url);
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) return null;
      var rows = statement.getResultSet();
      return rows.next() ? rows.getString(1) : null;
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  void stop() {
    postgres.close();
  }

  @Override
  public void close() {
    stop();
    folder.close();
  }
}
