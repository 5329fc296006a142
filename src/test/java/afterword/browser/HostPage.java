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

  @Override
  public void close() {
    server.stop(0);
  }
}
