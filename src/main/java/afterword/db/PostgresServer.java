package afterword.db;

import afterword.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The running postmaster over one folder of database files. */
final class PostgresServer {
  /** Where a postmaster tells its number, port and state. */
  private static final String TOLD = "postmaster.pid";

  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;
  private static final int READY_SECONDS = 60;
  private static final int PORTS_TRIED = 3;

  /** What it says of a port that it cannot have; its messages are English ({@link #quietly}). */
  private static final String PORT_TAKEN = "could not bind";

  private static final int STOP_SECONDS = 5;

  private final ProcessHandle process;
  private final int port;

  private PostgresServer(ProcessHandle process, int port) {
    this.process = process;
    this.port = port;
  }

  int port() {
    return port;
  }

  /** Where a port comes from; somebody else may take it before the postmaster does. */
  interface Ports {
    int next() throws IOException;
  }

  static PostgresServer start(
      PostgresBinaries binaries, PostgresUser user, Path files, Path log, List<String> options)
      throws IOException, InterruptedException {
    return start(binaries, user, files, log, options, PostgresServer::freePort);
  }

  static PostgresServer start(
      PostgresBinaries binaries,
      PostgresUser user,
      Path files,
      Path log,
      List<String> options,
      Ports ports)
      throws IOException, InterruptedException {
    if (Files.exists(log))
      Files.move(log, Path.of(log + ".1"), StandardCopyOption.REPLACE_EXISTING);
    for (int left = PORTS_TRIED; left > 0; left--) {
      int port = ports.next();
      var command =
          new ArrayList<>(
              user.command(
                  binaries.program("postgres"),
                  "-D",
                  files.toString(),
                  "-p",
                  Integer.toString(port)));
      // Last, so that an option may say which port.
      for (String option : options) command.addAll(List.of("-c", option));
      Process process = launch(command, log);
      if (becameReady(process, files)) return new PostgresServer(process.toHandle(), port);
      if (!Files.readString(log).contains(PORT_TAKEN)) break;
    }
    throw new ConfigException(
        "The embedded database did not start; its last words are in " + log + ": " + reason(log));
  }

  /**
   * In a session of its own: a Ctrl-C is for us, and the database must outlive what is still in
   * flight.
   */
  private static Process launch(List<String> command, Path log) throws IOException {
    var all = new ArrayList<>(ownSession());
    all.addAll(command);
    Process process = quietly(all).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    return process;
  }

  private static boolean becameReady(Process process, Path files)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (!isReady(files, process.pid())) {
      boolean ended = process.waitFor(5, TimeUnit.MILLISECONDS);
      if (ended || System.nanoTime() > deadline) {
        process.destroyForcibly();
        return false;
      }
    }
    return true;
  }

  /** Stops the postmaster that a killed process left behind, if there is one over these files. */
  static void stopOrphan(Path files) {
    over(files).ifPresent(process -> new PostgresServer(process, 0).stop());
  }

  /** Empty if no postmaster runs over these files. */
  static Optional<Integer> runningPort(Path files) {
    try {
      if (over(files).isEmpty()) return Optional.empty();
      return Optional.of(
          Integer.valueOf(Files.readAllLines(files.resolve(TOLD)).get(PORT_LINE).strip()));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException starting) {
      return Optional.empty();
    }
  }

  /** SIGINT: open transactions are rolled back, everything is written, then it ends. */
  void stop() {
    try {
      new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
      process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException late) {
      if (late.getCause() instanceof TimeoutException) kill();
    } catch (IOException noShell) {
      process.destroy();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One that even this does not end is not waited for. */
  private void kill() {
    process.destroyForcibly();
    process.onExit().completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Without the PG… variables of whoever starts us. */
  static ProcessBuilder quietly(List<String> command) {
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static List<String> ownSession() {
    boolean mac = System.getProperty("os.name").startsWith("Mac");
    return mac ? List.of("perl", "-MPOSIX=setsid", "-e", "setsid; exec @ARGV") : List.of("setsid");
  }

  private static boolean isReady(Path files, long pid) throws IOException {
    Path told = files.resolve(TOLD);
    if (!Files.exists(told)) return false;
    List<String> lines = Files.readAllLines(told);
    return lines.size() > STATUS_LINE
        && lines.get(0).strip().equals(Long.toString(pid))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  /**
   * The number in the file may have become somebody else's: it must be a postgres over these files.
   */
  private static Optional<ProcessHandle> over(Path files) {
    try {
      long pid = Long.parseLong(Files.readAllLines(files.resolve(TOLD)).get(0).strip());
      return ProcessHandle.of(pid)
          .filter(process -> process.info().command().orElse("").endsWith("postgres"))
          .filter(
              process ->
                  List.of(process.info().arguments().orElse(new String[0]))
                      .contains(files.toString()));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException none) {
      return Optional.empty();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Why it ended, which need not be what it said last. */
  private static String reason(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    String last = lines.isEmpty() ? "(nothing)" : lines.get(lines.size() - 1);
    return lines.stream().filter(line -> line.contains("FATAL:")).findFirst().orElse(last);
  }
}
