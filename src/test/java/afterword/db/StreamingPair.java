package afterword.db;

import afterword.config.DataFolder;
import afterword.journeys.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A primary and a standby that streams from it, each a real PostgreSQL with {@code
 * pg_stat_statements}. The standby begins as a copy of the files of the primary.
 */
public final class StreamingPair implements AutoCloseable {
  private static final Path HOME = Path.of("target/test-postgres").toAbsolutePath();
  private static final List<String> FOR_TESTS =
      List.of(
          "fsync=off",
          "full_page_writes=off",
          "shared_buffers=32MB",
          "shared_preload_libraries=pg_stat_statements",
          "pg_stat_statements.track_utility=off");

  private final DataFolder primaryFolder = DataFolder.ephemeral(HOME);
  private final DataFolder standbyFolder = DataFolder.ephemeral(HOME);
  private EmbeddedPostgres primary;
  private EmbeddedPostgres standby;

  public StreamingPair() {
    primary = EmbeddedPostgres.start(primaryFolder, FOR_TESTS);
    Migrations.migrate(primary.ownerUrl(), primary.serveRole());
    primary.close();
    try {
      letTheSuperuserIn(primaryFolder.path().resolve(PostgresCluster.FILES));
      copy(primaryFolder.path(), standbyFolder.path());
      primary = EmbeddedPostgres.start(primaryFolder, FOR_TESTS);
      asSuperuser(primary, "create extension pg_stat_statements");
      Files.createFile(standbyFolder.path().resolve(PostgresCluster.FILES + "/standby.signal"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    startStandby();
    Eventually.eventually("the standby streamed", this::hasCaughtUp);
  }

  public TestDatabase primary() {
    return new TestDatabase(primary.serviceUrl(), primary.ownerUrl());
  }

  /** For the role that serves. */
  public String standbyUrl() {
    return standby.serviceUrl();
  }

  /** Goes on answering from where it is, and no further. */
  public void pause() {
    asSuperuser(standby, "select pg_wal_replay_pause()");
    Eventually.eventually(
        "the standby paused",
        () -> "paused".equals(asSuperuser(standby, "select pg_get_wal_replay_pause_state()")));
  }

  public void resume() {
    asSuperuser(standby, "select pg_wal_replay_resume()");
  }

  /** Whether it has all that the primary has written. */
  public boolean hasCaughtUp() {
    String written = asSuperuser(primary, "select pg_current_wal_insert_lsn()");
    return "t"
        .equals(
            asSuperuser(
                standby, "select coalesce(pg_last_wal_replay_lsn() >= '" + written + "', false)"));
  }

  public void stopStandby() {
    standby.close();
  }

  public void stopPrimary() {
    primary.close();
  }

  /** How often the standby was asked for a page of a thread. */
  public long readsOfStandby() {
    return reads(standby);
  }

  /** How often the primary was asked for a page of a thread. */
  public long readsOfPrimary() {
    return reads(primary);
  }

  private static long reads(EmbeddedPostgres server) {
    return Long.parseLong(
        asSuperuser(
            server,
            "select coalesce(sum(calls), 0) from pg_stat_statements"
                + " where query like 'with found as materialized%'"));
  }

  private void startStandby() {
    var options = new java.util.ArrayList<>(FOR_TESTS);
    options.add("primary_conninfo=host=127.0.0.1 user=postgres port=" + primary.port());
    standby = EmbeddedPostgres.start(standbyFolder, options);
  }

  private static void letTheSuperuserIn(Path files) throws IOException {
    Files.writeString(
        files.resolve("pg_hba.conf"),
        "host all,replication postgres 127.0.0.1/32 trust\n",
        StandardOpenOption.APPEND);
  }

  private static String asSuperuser(EmbeddedPostgres server, String sql) {
    String url =
        "postgres://postgres:none@127.0.0.1:" + server.port() + "/" + PostgresCluster.DATABASE;
    try (Connection connection = TestDatabase.connect(url);
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) return null;
      var rows = statement.getResultSet();
      return rows.next() ? rows.getString(1) : null;
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.walk(from)) {
      for (Path entry : entries.toList()) {
        Path there = to.resolve(from.relativize(entry));
        if (!Files.exists(there)) Files.copy(entry, there, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Override
  public void close() {
    standby.close();
    primary.close();
    standbyFolder.close();
    primaryFolder.close();
  }
}
