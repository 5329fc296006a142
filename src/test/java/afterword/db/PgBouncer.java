package afterword.db;

import afterword.FreePort;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real PgBouncer in transaction mode before a test's database, where it is installed. */
public final class PgBouncer implements AutoCloseable {
  public static final String MISSING =
      "PgBouncer is not installed: install the package \"pgbouncer\"";

  private final Path folder;
  private final Process process;
  private final String url;

  private PgBouncer(Path folder, Process process, String url) {
    this.folder = folder;
    this.process = process;
    this.url = url;
  }

  public static boolean isInstalled() {
    return program().isPresent();
  }

  /** It refuses root, so root runs it as somebody without rights. */
  public static PgBouncer before(TestDatabase database) throws IOException {
    DatabaseAddress address = DatabaseAddress.of(database.url());
    int port = FreePort.next();
    Path folder =
        Files.createTempDirectory(
            "pgbouncer",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Path users = folder.resolve("users.txt");
    Files.writeString(users, "\"%s\" \"%s\"%n".formatted(address.user(), address.password()));
    Path settings = folder.resolve("pgbouncer.ini");
    Files.writeString(
        settings,
        """
        [databases]
        * = host=%s port=%d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = scram-sha-256
        auth_file = %s
        pool_mode = transaction
        default_pool_size = 20
        max_client_conn = 500
        """
            .formatted(address.host(), address.port(), port, users));
    var command = new ArrayList<>(List.of(program().orElseThrow().toString()));
    if (System.getProperty("user.name").equals("root")) command.addAll(List.of("-u", "nobody"));
    command.add(settings.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    String url =
        database
            .url()
            .replace("@" + address.host() + ":" + address.port() + "/", "@127.0.0.1:" + port + "/");
    var bouncer = new PgBouncer(folder, process, url);
    afterword.journeys.Eventually.eventually(
        "PgBouncer listens", () -> !process.isAlive() || answers(port));
    if (process.isAlive()) return bouncer;
    String said = Files.readString(folder.resolve("log"));
    bouncer.close();
    throw new AssertionError("PgBouncer did not start: " + said);
  }

  /** The same database, through the pooler. */
  public String url() {
    return url;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) Files.delete(file);
    }
    Files.delete(folder);
  }

  private static Optional<Path> program() {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
            Stream.of("/usr/sbin", "/usr/bin"))
        .map(name -> Path.of(name, "pgbouncer"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean answers(int port) {
    try (var socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
