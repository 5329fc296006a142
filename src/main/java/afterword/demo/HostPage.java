package afterword.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Somebody's blog, on an origin of its own: an ordinary article that holds nothing of ours but one
 * script tag. Every address that looks like an article's shows it, so there are pages nobody has
 * commented on too.
 */
final class HostPage {
  static final String PATH = "/2026/03/a-winter-of-walking-to-work.html";
  static final String TITLE = "A winter of walking to work";
  static final Instant PUBLISHED_AT = Instant.parse("2026-03-08T07:42:00Z");

  private final String html;

  /**
   * @param serviceUrl the origin that the script comes from
   */
  HostPage(String serviceUrl, String site) {
    this.html = template().replace("{{serviceUrl}}", serviceUrl).replace("{{site}}", site);
  }

  Future<HttpServer> listen(Vertx vertx, String host, int port) {
    return vertx.createHttpServer().requestHandler(this::answer).listen(port, host);
  }

  private void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response().putHeader("Cache-Control", "no-cache");
    if (request.path().matches("/\\d{4}/\\d{2}/[\\w-]+\\.html")) {
      response.putHeader("Content-Type", "text/html; charset=utf-8").end(html);
    } else if (request.path().equals("/")) {
      response.setStatusCode(302).putHeader("Location", PATH).end();
    } else {
      response
          .setStatusCode(404)
          .putHeader("Content-Type", "text/html; charset=utf-8")
          .end(
              "<!doctype html><title>Not found</title><p>This blog has one article: <a href=\"/\">"
                  + TITLE
                  + "</a>.");
    }
  }

  private static String template() {
    try (InputStream article = HostPage.class.getResourceAsStream("/web/demo/article.html")) {
      return new String(article.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
