package afterword.db;

import afterword.config.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An embedded PostgreSQL with fsync, as a user has it, that can be done harm to. */
public final class KillablePostgres implements AutoCloseable {
  /** Who replicates needs no password here: both ends are this machine's loopback. */
  private static final String MAY_REPLICATE =
      "host replication postgres 127.0.0.1/32 trust\nhost all postgres 127.0.0.1/32 trust\n";

  private final DataFolder folder;
  private final List<String> options;
  private EmbeddedPostgres postgres;

  private KillablePostgres(DataFolder folder, List<String> options) {
    this.folder = folder;
    this.options = new ArrayList<>(options);
    start();
  }

  /**
   * Copies the files of this one, which must be stopped, for a standby of it, and lets it connect.
   * Start this one again before the standby.
   */
  public PostgresStandby standby(Path folder) throws IOException {
    Path files = this.folder.path().resolve(PostgresCluster.FILES);
    Files.writeString(
        files.resolve("pg_hba.conf"), MAY_REPLICATE, java.nio.file.StandardOpenOption.APPEND);
    return PostgresStandby.copy(this.folder, database(), folder);
  }

  /** From the next start on. */
  public void set(String option) {
    options.add(option);
  }

  /**
   * @param options more settings of the server, such as "synchronous_commit=off"
   */
  public static KillablePostgres start(Path folder, List<String> options) {
    return new KillablePostgres(DataFolder.at(folder), options);
  }

  /** Again, after what happened to it; on another port. Recovers what was committed. */
  public void start() {
    postgres = EmbeddedPostgres.start(folder, options);
  }

  /** A full disk may end it. */
  public boolean runs() {
    return PostgresServer.runningPort(folder.path().resolve(PostgresCluster.FILES)).isPresent();
  }

  public int port() {
    return postgres.port();
  }

  public String serveRole() {
    return postgres.serveRole();
  }

  public TestDatabase database() {
    return new TestDatabase(postgres.serviceUrl(), postgres.ownerUrl());
  }

  /** SIGKILL to every one of its processes, as the kernel does when memory is short. */
  public void kill() {
    kill(postmaster());
  }

  static void kill(ProcessHandle postmaster) {
    List<ProcessHandle> all = postmaster.children().toList();
    postmaster.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    postmaster.onExit().join();
    all.forEach(child -> child.onExit().join());
  }

  /** A fast stop: open transactions are rolled back, everything is written. */
  public void stop() {
    postgres.close();
  }

  /** An immediate stop: everybody leaves at once, and the next start recovers. */
  public void stopImmediately() {
    ProcessHandle postmaster = postmaster();
    signal("QUIT", List.of(postmaster));
    postmaster.onExit().join();
  }

  public void freeze() {
    signal("STOP", everybody());
  }

  public void thaw() {
    signal("CONT", everybody());
  }

  private List<ProcessHandle> everybody() {
    ProcessHandle postmaster = postmaster();
    return Stream.concat(Stream.of(postmaster), postmaster.children()).toList();
  }

  private static void signal(String name, List<ProcessHandle> processes) {
    var command = new StringBuilder("kill -" + name);
    processes.forEach(process -> command.append(' ').append(process.pid()));
    try {
      // Some of them may have ended by now.
      new ProcessBuilder("sh", "-c", command + " 2>/dev/null").start().waitFor();
    } catch (IOException noShell) {
      throw new IllegalStateException(noShell);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private ProcessHandle postmaster() {
    try {
      Path told = folder.path().resolve(PostgresCluster.FILES).resolve("postmaster.pid");
      return ProcessHandle.of(Long.parseLong(Files.readAllLines(told).get(0).strip()))
          .orElseThrow();
    } catch (IOException gone) {
      throw new IllegalStateException("no PostgreSQL runs in " + folder.path(), gone);
    }
  }

  @Override
  public void close() {
    postgres.close();
    folder.close();
  }
}
