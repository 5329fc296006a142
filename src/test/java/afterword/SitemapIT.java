package afterword;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.journeys.Contract;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import afterword.ops.Management;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The sitemap and openapi.yaml name the same addresses. */
class SitemapIT {
  @Test
  void every_route_is_described_and_every_description_has_a_route() {
    Set<String> served = new TreeSet<>();
    try (var running = new RunningService(SiteSettings.DEFAULTS)) {
      running
          .service()
          .sitemap()
          .forEach(line -> served.add(line.method() + " " + template(line.path())));
    }
    Management.PATHS.forEach(path -> served.add("GET " + path));

    assertEquals(String.join("\n", new Contract().operations()), String.join("\n", served));
  }

  /** "/sites/:site/x" as "/sites/{site}/x", and what is left of a path as {file}. */
  private static String template(String path) {
    return path.replaceAll(":([a-zA-Z]+)", "{$1}").replace("*", "{file}");
  }
}
