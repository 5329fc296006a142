package afterword.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Our own files under /web in the jar, by exact name: no folder is listed, nothing encoded or hidden is
 * looked for, and what is found stays in memory.
 */
public final class WebFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "html", "text/html; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json");
  private final Map<String, Optional<Buffer>> known = new ConcurrentHashMap<>();

  /** Answers with the file, or passes on where there is none. */
  public void send(RoutingContext ctx, String name, String cacheControl) {
    Optional<Buffer> file = name.matches("[a-z0-9][a-zA-Z0-9/_.-]*") && !name.contains("..") ? find(name) : Optional.empty();
    if (file.isEmpty()) {
      ctx.fail(404);
      return;
    }
    String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    ctx.response()
        .putHeader("Content-Type", type)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cache-Control", cacheControl)
        .end(file.get());
  }

  private Optional<Buffer> find(String name) {
    Optional<Buffer> file = known.get(name);
    if (file != null) return file;
    file = load(name);
    if (file.isPresent()) known.put(name, file);
    return file;
  }

  private static Optional<Buffer> load(String name) {
    try (InputStream in = WebFiles.class.getResourceAsStream("/web/" + name)) {
      return in == null ? Optional.empty() : Optional.of(Buffer.buffer(in.readAllBytes()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
