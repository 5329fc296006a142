package afterword.browser;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Runs the tests in {@code src/test/web} where the modules run for people: in Chromium. */
@Tag("browser")
class WebModulesTest {
  private static final Path SOURCES = Path.of("src").toAbsolutePath();

  private static HttpServer server;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", WebModulesTest::serve);
    server.start();
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) chromium.close();
    server.stop(0);
  }

  @TestFactory
  List<DynamicTest> admin() {
    return outcomesOf("/test/web/admin/all.js");
  }

  @TestFactory
  List<DynamicTest> widget() {
    return outcomesOf("/test/web/widget/all.js");
  }

  @SuppressWarnings("unchecked")
  private List<DynamicTest> outcomesOf(String module) {
    try (var page = chromium.browser().newPage()) {
      page.navigate("http://localhost:" + server.getAddress().getPort() + "/");
      var outcomes =
          (List<Map<String, String>>)
              page.evaluate("m => import(m).then(t => t.results())", module);
      return outcomes.stream()
          .map(
              one ->
                  dynamicTest(
                      one.get("name"), () -> assertNull(one.get("problem"), one.get("problem"))))
          .toList();
    }
  }

  private static void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Path file = SOURCES.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
      boolean found =
          file.startsWith(SOURCES)
              && file.toString().matches(".*\\.js(on)?")
              && Files.isRegularFile(file);
      byte[] body = found ? Files.readAllBytes(file) : "<!doctype html>".getBytes();
      String type = file.toString().endsWith(".json") ? "application/json" : "text/javascript";
      exchange.getResponseHeaders().set("Content-Type", found ? type : "text/html");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
