package afterword.faults;

import afterword.FreePort;
import afterword.rehearse.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One service in a process of its own, always on the same port. */
final class ServiceProcess implements AutoCloseable {
  private final int port = FreePort.next();
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private Process process;

  /**
   * @param options of Java
   * @param before folders of classes that come before the product's own
   */
  ServiceProcess(
      Map<String, String> environment, List<String> options, List<Path> before, Path log) {
    this.environment = new HashMap<>(environment);
    this.environment.put("HTTP_HOST", "127.0.0.1");
    this.environment.put("HTTP_PORT", Integer.toString(port));
    this.environment.put("MANAGEMENT_HOST", "127.0.0.1");
    this.environment.put("MANAGEMENT_PORT", "0");
    this.command = Product.command(options, before, List.of("serve"));
    this.log = log;
  }

  void start() throws IOException {
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("AFTERWORD_"));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  int port() {
    return port;
  }

  Path log() {
    return log;
  }

  /** What it did not expect, each kind once. */
  List<String> unexpected() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return IntStream.range(1, lines.size())
        .filter(i -> lines.get(i - 1).contains("unexpected failure"))
        .mapToObj(lines::get)
        .distinct()
        .toList();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    if (process != null) process.destroyForcibly();
  }
}
