package afterword.db;

import afterword.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PostgreSQL 15, the oldest that is promised, as Debian packs it, with its own tools. */
final class DebianPostgres implements AutoCloseable {
  static final String MISSING =
      "PostgreSQL 15 is not installed: install the package \"postgresql-15\"";

  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
  private static final int NOBODY = 65_534;

  private final Path folder;
  private final int port;

  private DebianPostgres(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAMS.resolve("initdb"));
  }

  /** With the two roles that docs/operate/deploy.md asks for. */
  static DebianPostgres start() throws Exception {
    Path folder = Files.createTempDirectory("postgresql-15");
    if (isRoot()) Files.setAttribute(folder, "unix:uid", NOBODY);
    var postgres = new DebianPostgres(folder, FreePort.next());
    String data = folder.resolve("data").toString();
    postgres.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
    String options = "-p %d -c fsync=off -k %s".formatted(postgres.port, folder);
    postgres.run(
        "pg_ctl", "-D", data, "-o", options, "-l", folder.resolve("log").toString(), "-w", "start");
    postgres.sql("postgres", "create role afterword_owner login createdb password 'owner'");
    postgres.sql("postgres", "create role afterword login password 'serve'");
    return postgres;
  }

  /** Gives what was said. */
  String run(String program, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    if (isRoot())
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    command.add(PROGRAMS.resolve(program).toString());
    command.addAll(List.of(arguments));
    // A file, because a server that stays would keep a pipe open.
    Path said = folder.resolveSibling(folder.getFileName() + ".said");
    ProcessBuilder builder = PostgresServer.quietly(command).redirectErrorStream(true);
    builder.environment().put("PGHOST", "127.0.0.1");
    builder.environment().put("PGPORT", Integer.toString(port));
    builder.environment().put("PGUSER", "postgres");
    Process process = builder.directory(folder.toFile()).redirectOutput(said.toFile()).start();
    if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0)
      throw new AssertionError(command + " said " + Files.readString(said));
    return Files.readString(said, StandardCharsets.UTF_8);
  }

  String sql(String database, String statement) throws IOException, InterruptedException {
    return run("psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement);
  }

  TestDatabase database(String name) {
    String address = "@127.0.0.1:" + port + "/" + name;
    return new TestDatabase(
        "postgres://afterword:serve" + address, "postgres://afterword_owner:owner" + address);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "-w", "stop");
    afterword.config.DataFolder.remove(folder);
    Files.deleteIfExists(folder.resolveSibling(folder.getFileName() + ".said"));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}
