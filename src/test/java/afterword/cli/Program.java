package afterword.cli;

import afterword.Main;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Afterword in a process of its own, as an operator runs it. */
final class Program implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Path said;

  private Program(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  static Program start(Path folder, String... args) throws IOException {
    return start(folder, List.of(), classPath(), args);
  }

  /**
   * @param prefix what runs the program, such as setpriv with its arguments; may be empty
   */
  static Program start(Path folder, List<String> prefix, String classPath, String... args)
      throws IOException {
    Path said = Files.createTempFile(folder, "said-", ".txt");
    var command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", classPath, Main.class.getName()));
    command.addAll(List.of(args));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    return new Program(builder.start(), said);
  }

  /** Without the tests, and without their runner's jar, which names all the others once more. */
  static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("surefirebooter") && !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What the ready file says, once it is there. */
  JsonObject ready(Path file) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(file)) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        throw new AssertionError("no " + file + "; the program said:\n" + said());
      }
    }
    return new JsonObject(Files.readString(file));
  }

  /** SIGTERM; gives how long it took to end. */
  Duration stop() throws InterruptedException {
    long start = System.nanoTime();
    terminate();
    exitCode();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** SIGTERM, and no waiting. */
  void terminate() {
    process.destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) throw new AssertionError("still there after 60 s");
    return process.exitValue();
  }

  /** SIGKILL: nothing is tidied up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  String said() throws IOException {
    return Files.readString(said);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
