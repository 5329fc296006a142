package afterword.db;

import afterword.FreePort;
import afterword.config.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A hot standby of a {@link KillablePostgres}, which may take over from it. */
public final class PostgresStandby implements AutoCloseable {
  private final DataFolder folder;
  private final TestDatabase ofPrimary;
  private ProcessHandle postmaster;
  private int port;

  private PostgresStandby(DataFolder folder, TestDatabase ofPrimary) {
    this.folder = folder;
    this.ofPrimary = ofPrimary;
  }

  static PostgresStandby copy(DataFolder primary, TestDatabase ofPrimary, Path to)
      throws IOException {
    var folder = DataFolder.at(to);
    try (Stream<Path> files = Files.walk(primary.path().resolve(PostgresCluster.FILES))) {
      for (Path file : files.toList())
        Files.copy(
            file,
            to.resolve(primary.path().relativize(file).toString()),
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createFile(to.resolve(PostgresCluster.FILES).resolve("standby.signal"));
    return new PostgresStandby(folder, ofPrimary);
  }

  /** Returns once it reads what the primary at that port writes. */
  public void follow(int primaryPort) throws IOException, InterruptedException {
    Path files = folder.path().resolve(PostgresCluster.FILES);
    PostgresBinaries binaries = PostgresBinaries.unpack(folder.programs());
    PostgresUser user = PostgresUser.choose(folder.path(), files, binaries);
    port = FreePort.next();
    var command = new ArrayList<>(List.of("setsid"));
    command.addAll(
        user.command(
            binaries.program("postgres"),
            "-D",
            files.toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "primary_conninfo=host=127.0.0.1 user=postgres application_name=standby port="
                + primaryPort));
    postmaster =
        PostgresServer.quietly(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.path().resolve("standby.log").toFile())
            .start()
            .toHandle();
    awaitTold("standby");
  }

  /** Takes over; returns once it writes. */
  public void promote() throws IOException, InterruptedException {
    Path files = folder.path().resolve(PostgresCluster.FILES);
    Files.createFile(files.resolve("promote"));
    new ProcessBuilder("kill", "-USR1", Long.toString(postmaster.pid())).start().waitFor();
    awaitTold("ready");
  }

  private void awaitTold(String state) throws IOException, InterruptedException {
    Path told = folder.path().resolve(PostgresCluster.FILES).resolve("postmaster.pid");
    long end = System.nanoTime() + 60_000_000_000L;
    while (!Files.exists(told) || !Files.readString(told).contains(state)) {
      if (System.nanoTime() > end || !postmaster.isAlive())
        throw new IllegalStateException(
            "the standby is not " + state + "; see " + folder.path().resolve("standby.log"));
      Thread.sleep(10);
    }
  }

  public int port() {
    return port;
  }

  public TestDatabase database() {
    return new TestDatabase(moved(ofPrimary.url()), moved(ofPrimary.ownerUrl()));
  }

  private String moved(String url) {
    return url.replaceFirst(":\\d+/", ":" + port + "/");
  }

  @Override
  public void close() {
    if (postmaster != null && postmaster.isAlive()) KillablePostgres.kill(postmaster);
    folder.close();
  }
}
