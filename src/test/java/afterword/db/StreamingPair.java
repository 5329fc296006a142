package afterword.db;

import afterword.config.DataFolder;
import afterword.journeys.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A primary and a standby that streams from it; the standby begins as a copy of its files. */
public final class StreamingPair implements AutoCloseable {
  /** Pages of threads and of feeds. */
  private static final String READS = "with found as materialized%";

  private final CountedPostgres primary;
  private final DataFolder standbyFolder =
      DataFolder.ephemeral(Path.of("target/test-postgres").toAbsolutePath());
  private CountedPostgres standby;

  public StreamingPair() {
    DataFolder primaryFolder =
        DataFolder.ephemeral(Path.of("target/test-postgres").toAbsolutePath());
    CountedPostgres.create(primaryFolder);
    try {
      copy(primaryFolder.path(), standbyFolder.path());
      Files.createFile(standbyFolder.path().resolve(PostgresCluster.FILES + "/standby.signal"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    primary = CountedPostgres.start(primaryFolder, List.of());
    primary.ask("create extension pg_stat_statements");
    startStandby();
    Eventually.eventually("the standby streamed", this::hasCaughtUp);
  }

  public TestDatabase primary() {
    return primary.database();
  }

  /** For the role that serves. */
  public String standbyUrl() {
    return standby.database().url();
  }

  /** Goes on answering from where it is, and no further. */
  public void pause() {
    standby.ask("select pg_wal_replay_pause()");
    Eventually.eventually(
        "the standby paused",
        () -> "paused".equals(standby.ask("select pg_get_wal_replay_pause_state()")));
  }

  public void resume() {
    standby.ask("select pg_wal_replay_resume()");
  }

  /** Whether it has all that the primary has written. */
  public boolean hasCaughtUp() {
    String written = primary.ask("select pg_current_wal_insert_lsn()");
    return "t"
        .equals(
            standby.ask("select coalesce(pg_last_wal_replay_lsn() >= '" + written + "', false)"));
  }

  /** At another port than before. */
  public final void startStandby() {
    standby =
        CountedPostgres.start(
            standbyFolder,
            List.of("primary_conninfo=host=127.0.0.1 user=postgres port=" + primary.port()));
  }

  public void stopStandby() {
    standby.stop();
  }

  public void stopPrimary() {
    primary.stop();
  }

  public long readsOfStandby() {
    return standby.calls(READS);
  }

  public long readsOfPrimary() {
    return primary.calls(READS);
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
  }
}
