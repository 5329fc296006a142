package afterword.k8s;

import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import afterword.Service;
import afterword.db.TestDatabase;
import afterword.journeys.Eventually;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import afterword.ops.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Alerts and dashboard speak of what a running service exports, and fire when they should. */
class AlertsIT {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+");

  /** Words of the query language and labels, which look like names of metrics. */
  private static final Set<String> NO_METRICS =
      Set.of(
          "histogram_quantile",
          "http_response_status_code",
          "http_request_method",
          "http_route",
          "pool_type",
          "pool_name",
          "label_values",
          "label_replace");

  @Test
  void every_metric_of_an_alert_and_of_the_dashboard_is_exported() throws Exception {
    var asked = new TreeSet<String>();
    for (Map<String, Object> rule : rules()) asked.addAll(names(rule.get("expr").toString()));
    for (String query : dashboardQueries()) asked.addAll(names(query));
    assertTrue(asked.size() > 15, asked::toString);

    Set<String> exported = exported();

    asked.addAll(names("rate(afterword_nobody_counts_this_total[5m]) > 0"));
    asked.removeAll(exported);
    assertEquals(Set.of("afterword_nobody_counts_this_total"), asked, () -> "of " + exported);
  }

  @Test
  void every_alert_leads_to_its_section_of_the_runbook() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("docs/operate/runbook.md"));
    for (Map<String, Object> rule : rules()) {
      String name = rule.get("alert").toString();
      assertEquals(
          "docs/operate/runbook.md#" + name.toLowerCase(java.util.Locale.ROOT),
          Manifest.at(rule, "annotations.runbook_url"));
      int at = lines.indexOf("## " + name);
      assertTrue(at >= 0, "no section " + name);
      List<String> section =
          lines.subList(at + 1, lines.size()).stream()
              .takeWhile(l -> !l.startsWith("## "))
              .toList();
      String text = String.join("\n", section);
      for (String part : List.of("**Means:**", "**Fix:**"))
        assertTrue(text.contains(part), name + " lacks " + part);
      assertTrue(
          text.contains("**Readers") || text.contains("**Moderators"), name + " names nobody");
      assertEquals(
          3, section.stream().filter(l -> l.startsWith("    ")).count(), name + ": three commands");
    }
  }

  @Test
  void promtool_sees_every_alert_fire_and_none_in_peace() throws Exception {
    Path rules = Path.of("target/k8s/rules.yaml");
    Files.createDirectories(rules.getParent());
    Files.writeString(rules, new Yaml().dump(Map.of("groups", rule().at("spec.groups"))));
    String tests = Files.readString(Path.of("src/test/resources/alerts.yaml"));
    for (Map<String, Object> rule : rules())
      assertTrue(
          tests.contains("alertname: " + rule.get("alert")), rule.get("alert") + " has no test");
    Path played = Files.writeString(rules.resolveSibling("alerts.yaml"), tests);

    assertEquals("", promtool("check", "rules", rules.toString()));
    assertEquals("", promtool("test", "rules", played.toString()));
    Files.writeString(rules, Files.readString(rules).replace("== 0", "== 17"));
    assertFalse(promtool("test", "rules", played.toString()).isEmpty(), "a spoilt alert passes");
  }

  /** What it said, if it failed. */
  private static String promtool(String... arguments) throws Exception {
    var command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : said;
    } catch (IOException missing) {
      return abort("promtool is not installed: the alerts were not played");
    }
  }

  private static Manifest rule() {
    return Rendering.of("k8s/overlays/production")
        .find("PrometheusRule", "afterword")
        .orElseThrow();
  }

  private static List<Map<String, Object>> rules() {
    return rule().list("spec.groups").stream()
        .flatMap(group -> Manifest.list(group.get("rules")).stream())
        .toList();
  }

  private static List<String> dashboardQueries() throws IOException {
    var dashboard =
        new JsonObject(Files.readString(Path.of("k8s/components/monitoring/dashboard.json")));
    return dashboard.getJsonArray("panels").stream()
        .map(JsonObject.class::cast)
        .filter(panel -> panel.containsKey("targets"))
        .flatMap(panel -> panel.getJsonArray("targets").stream())
        .map(target -> ((JsonObject) target).getString("expr"))
        .toList();
  }

  private static Set<String> names(String query) {
    return NAME.matcher(
            query
                .replace("$__rate_interval", "5m")
                .replaceAll("\"[^\"]*\"", "")
                .replaceAll("by \\([^)]*\\)", ""))
        .results()
        .map(found -> found.group())
        .filter(name -> !NO_METRICS.contains(name))
        .collect(Collectors.toSet());
  }

  private static int post(WebClient client, Service service) {
    return await(
            client
                .post(service.httpPort(), "127.0.0.1", "/api/v1/sites/blog/comments")
                .putHeader("Origin", RunningService.ORIGIN)
                .putHeader("Idempotency-Key", "0123456789abcdef")
                .sendJsonObject(RunningService.comment("Counted")))
        .statusCode();
  }

  /** After a read, a post and a decision. */
  private static Set<String> exported() {
    var metrics = new Metrics();
    Vertx vertx = metrics.vertx(new VertxOptions(), Optional.empty());
    Service service =
        await(Service.start(vertx, TestDatabase.fresh().config(), Clock.systemUTC(), metrics));
    try {
      RunningService.addBlog(service, SiteSettings.DEFAULTS);
      WebClient client = WebClient.create(vertx);
      await(client.get(service.httpPort(), "127.0.0.1", "/api/v1/sites/blog/thread?page=a").send());
      Eventually.eventually("a post was taken", () -> post(client, service) == 202);
      System.gc();
      Eventually.eventually(
          "pauses are exported from the first one on, once it was told of",
          () -> scrape(client, service).contains("jvm_gc_pause_seconds_sum"));
      String scraped = scrape(client, service);
      for (String label : List.of("vertx_pool_in_use{pool_name=\"writes\",pool_type=\"sql\"}"))
        assertTrue(scraped.contains(label), scraped);
      return scraped
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("[ {]")[0])
          .collect(Collectors.toCollection(TreeSet::new));
    } finally {
      await(service.stop());
      await(vertx.close());
    }
  }

  private static String scrape(WebClient client, Service service) {
    return await(client.get(service.managementPort(), "127.0.0.1", "/metrics").send())
        .bodyAsString();
  }
}
