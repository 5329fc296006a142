package afterword.auth;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The npm package oidc-provider as a process of its own; close it when done. */
final class NodeProvider implements AutoCloseable {
  private static final Path FOLDER = Path.of("src/test/identity-provider");

  private static final int PATIENCE_SECONDS = 30;

  private final Process process;
  private final int port;

  private NodeProvider(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static NodeProvider start(String callback) {
    assumeTrue(
        Files.isDirectory(FOLDER.resolve("node_modules")),
        "a real identity provider: run \"npm ci\" in " + FOLDER);
    try {
      Process process = started(callback);
      Optional<Integer> port = port(process);
      if (port.isEmpty()) {
        // Node was seen to hang for good while it starts, about once in a hundred times.
        process.destroyForcibly();
        process = started(callback);
        port = port(process);
      }
      if (port.isPresent()) return new NodeProvider(process, port.get());
      process.destroyForcibly();
      throw new AssertionError("the identity provider says no port");
    } catch (IOException failed) {
      throw new AssertionError("node is needed", failed);
    }
  }

  private static Process started(String callback) throws IOException {
    return new ProcessBuilder("node", "provider.mjs", callback)
        .directory(FOLDER.toFile())
        .redirectError(Redirect.DISCARD)
        .start();
  }

  /** The package writes notices of its own among the lines. Empty where none came in time. */
  private static Optional<Integer> port(Process process) {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var said =
        CompletableFuture.supplyAsync(
            () -> lines.lines().filter(line -> line.matches("\\d+")).findFirst());
    try {
      return said.get(PATIENCE_SECONDS, TimeUnit.SECONDS).map(Integer::valueOf);
    } catch (TimeoutException | ExecutionException none) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  int port() {
    return port;
  }

  String issuer() {
    return "http://localhost:" + port;
  }

  /** Changes what it says from now on. */
  void control(JsonObject change) {
    var request =
        HttpRequest.newBuilder(URI.create(issuer() + "/control"))
            .POST(BodyPublishers.ofString(change.encode()))
            .build();
    try {
      HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
