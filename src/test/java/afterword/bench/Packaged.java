package afterword.bench;

import afterword.FreePort;
import afterword.db.TestDatabase;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service as it is packaged, in a process of its own, with as much memory as is said. */
final class Packaged implements AutoCloseable {
  private static final int READY_WITHIN_SECONDS = 120;
  private static final double TICKS_PER_SECOND = 100;

  private final Process process;
  private final int port;
  private final int management;
  private final double readySeconds;

  private Packaged(List<String> command, int megabytes, String databaseUrl, List<String> flags)
      throws IOException, InterruptedException {
    management = FreePort.next();
    port = FreePort.next();
    var all = new ArrayList<>(command);
    all.add(1, "-XX:MaxRAM=" + megabytes + "m");
    all.addAll(
        List.of("serve", "--port=" + port, "--management-port=" + management, "--drain-seconds=0"));
    all.addAll(flags);
    var builder =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder
        .environment()
        .putAll(Map.of("DATABASE_URL", databaseUrl, "AFTERWORD_SECRET", TestDatabase.SECRET));
    long begin = System.nanoTime();
    process = builder.start();
    while (!isReady()) {
      if (!process.isAlive()) throw new IllegalStateException("ended by itself: " + all);
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(READY_WITHIN_SECONDS))
        throw new IllegalStateException("not ready within " + READY_WITHIN_SECONDS + " s");
      TimeUnit.MILLISECONDS.sleep(2);
    }
    readySeconds = (System.nanoTime() - begin) / 1e9;
  }

  /** Gives it once it is ready. */
  static Packaged start(List<String> command, int megabytes, String databaseUrl, List<String> flags)
      throws IOException, InterruptedException {
    return new Packaged(command, megabytes, databaseUrl, flags);
  }

  /** Where bin/image left its result, or where "--image ROOT" says. */
  static Path app(Run run) {
    int at = run.options.indexOf("--image");
    return Path.of(at < 0 ? "target/image/root" : run.options.get(at + 1), "app");
  }

  static boolean isThere(Path app) {
    return Files.exists(app.resolve("afterword"));
  }

  static List<String> ofImage(Path app) throws IOException {
    var command = new ArrayList<>(List.of(app.resolve("runtime/bin/java").toString()));
    String options = Files.readString(app.resolve("afterword"));
    String here = app.toAbsolutePath() + "/";
    for (String word : options.strip().split("\\s+"))
      command.add(word.replaceAll("(^|[:=])/app/", "$1" + here));
    return command;
  }

  static List<String> ofCheckout() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        "afterword.Main");
  }

  int port() {
    return port;
  }

  /** From the start of the process to its first "ready". */
  double readySeconds() {
    return readySeconds;
  }

  double residentMegabytes() throws IOException {
    return status("VmRSS:") / 1024.0;
  }

  /** The most there was. */
  double peakMegabytes() throws IOException {
    return status("VmHWM:") / 1024.0;
  }

  /** What it took of all processors so far. */
  double processorSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private long status(String name) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
            .filter(l -> l.startsWith(name))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  private boolean isReady() {
    try {
      var connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + management + "/readyz").toURL().openConnection();
      return connection.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
