package afterword.browser;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The demo article on an origin of its own, under a policy that lets in our script and nothing
 * else.
 */
final class HostPage implements AutoCloseable {
  private final HttpServer server;

  HostPage() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Every address shows the article. */
  HostPage serve(String serviceUrl, String site) throws IOException {
    byte[] html =
        Files.readString(Path.of("src/main/web/demo/article.html"))
            .replace("{{serviceUrl}}", serviceUrl)
            .replace("{{site}}", site)
            .getBytes(StandardCharsets.UTF_8);
    String policy =
        "default-src 'none'; style-src 'unsafe-inline'; require-trusted-types-for 'script';"
            + " trusted-types afterword; script-src SERVICE; connect-src SERVICE";
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange
                .getResponseHeaders()
                .set("Content-Security-Policy", policy.replace("SERVICE", serviceUrl));
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
          }
        });
    server.start();
    return this;
  }

  /** A page of its own at this address, under a policy of its own or, if that is null, none. */
  HostPage page(String path, String html, String policy) {
    byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            if (policy != null)
              exchange.getResponseHeaders().set("Content-Security-Policy", policy);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    return this;
  }

  /** A file that its pages load. */
  HostPage file(String path, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    return this;
  }

  /** A built site, whose addresses begin with this prefix. */
  HostPage folder(String prefix, Path folder) {
    server.createContext(
        prefix,
        exchange -> {
          try (exchange) {
            String inside = exchange.getRequestURI().getPath().substring(prefix.length());
            Path file = folder.resolve(inside);
            if (Files.isDirectory(file)) file = file.resolve("index.html");
            if (!Files.isRegularFile(file)) file = Path.of(file + ".html");
            if (!Files.isRegularFile(file)) {
              exchange.sendResponseHeaders(404, -1);
              return;
            }
            byte[] bytes = Files.readAllBytes(file);
            exchange.getResponseHeaders().set("Content-Type", typeOf(file.toString()));
            exchange.sendResponseHeaders(200, bytes.length);
            if (bytes.length > 0) exchange.getResponseBody().write(bytes);
          }
        });
    return this;
  }

  private static String typeOf(String name) {
    if (name.endsWith(".html")) return "text/html; charset=utf-8";
    if (name.endsWith(".css")) return "text/css; charset=utf-8";
    return name.endsWith(".js") ? "text/javascript; charset=utf-8" : "application/octet-stream";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
