package afterword.bench;

import afterword.FreePort;
import afterword.Main;
import afterword.db.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The service in a process of its own, whose memory can be told from the benchmark's. */
final class ServiceProcess implements AutoCloseable {
  private static final Path LOG = Path.of("target/bench-service.log");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final int port;
  private final int managementPort;

  private ServiceProcess(Process process, int port, int managementPort) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
  }

  static ServiceProcess start(TestDatabase database, String... flags)
      throws IOException, InterruptedException {
    int port = FreePort.next();
    int managementPort = FreePort.next();
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> !entry.contains("surefirebooter"))
                    .collect(Collectors.joining(File.pathSeparator)),
                Main.class.getName(),
                "serve",
                "--port=" + port,
                "--management-port=" + managementPort,
                "--drain-seconds=0",
                "--log-level=error"));
    command.addAll(List.of(flags));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
    builder.environment().put("DATABASE_URL", database.url());
    builder.environment().put("AFTERWORD_SECRET", TestDatabase.SECRET);
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    var service = new ServiceProcess(process, port, managementPort);
    await("the service is ready; what it said is in " + LOG, service::isReady);
    return service;
  }

  int port() {
    return port;
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Heap and direct buffers after a collection, and what the process takes in all. */
  record Memory(long used, long resident) {}

  Memory memory() throws IOException, InterruptedException {
    for (int i = 0; i < 2; i++) collectGarbage();
    double used = metric("jvm_memory_used_bytes{area=\"heap\"");
    double direct = metric("jvm_buffer_memory_used_bytes{id=\"direct\"");
    return new Memory((long) (used + direct), resident());
  }

  /** The sum of all that begin so. */
  double metric(String start) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(managed("/metrics")).build();
    return client
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** On the heap after a collection, also of a service that is worn out. */
  long heapBytes() throws IOException, InterruptedException {
    return LiveHeap.bytes(process.pid());
  }

  private void collectGarbage() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    var command = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run");
    command.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectErrorStream(true);
    if (command.start().waitFor() != 0) throw new AssertionError("no garbage was collected");
  }

  private long resident() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) return 0;
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .sum();
  }

  private boolean isReady() {
    if (!process.isAlive()) throw new AssertionError("the service did not start");
    try {
      var request = HttpRequest.newBuilder(managed("/readyz")).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private URI managed(String path) {
    return URI.create("http://127.0.0.1:" + managementPort + path);
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new AssertionError("waited 120 s until " + what);
      Thread.sleep(20);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
  }
}
