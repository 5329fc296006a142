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

/** The npm package oidc-provider as a process of its own; close it when done. */
final class NodeProvider implements AutoCloseable {
  private static final Path FOLDER = Path.of("src/test/identity-provider");

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
      Process process =
          new ProcessBuilder("node", "provider.mjs", callback)
              .directory(FOLDER.toFile())
              .redirectError(Redirect.DISCARD)
              .start();
      return new NodeProvider(process, port(process));
    } catch (IOException failed) {
      throw new AssertionError("node is needed", failed);
    }
  }

  /** The package writes notices of its own among the lines. */
  private static int port(Process process) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine())
      if (line.matches("\\d+")) return Integer.parseInt(line);
    throw new AssertionError("the identity provider ended with " + process.exitValue());
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
