package afterword.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other projects' kinds are what those projects declare: no unknown field, none missing. */
class CustomResourceTest {
  private static final Map<String, String> KIND_TO_API =
      Map.of(
          "HTTPRoute", "gateway.networking.k8s.io/v1",
          "PodMonitor", "monitoring.coreos.com/v1",
          "PrometheusRule", "monitoring.coreos.com/v1",
          "Cluster", "postgresql.cnpg.io/v1",
          "Pooler", "postgresql.cnpg.io/v1",
          "ScheduledBackup", "postgresql.cnpg.io/v1",
          "ObjectStore", "barmancloud.cnpg.io/v1",
          "ExternalSecret", "external-secrets.io/v1");

  static boolean knows(String apiVersion, String kind) {
    return apiVersion.equals(KIND_TO_API.get(kind));
  }

  static Stream<Manifest> custom() {
    return Rendering.all().stream()
        .flatMap(r -> r.manifests().stream())
        .filter(m -> knows(m.apiVersion(), m.kind()));
  }

  @ParameterizedTest
  @MethodSource("custom")
  void is_what_its_project_declares(Manifest manifest) {
    OutputUnit judged = judge(manifest);

    assertEquals(true, judged.getValid(), () -> manifest + ": " + judged.toJson().encodePrettily());
  }

  @Test
  void notices_a_misspelt_and_a_missing_field() {
    Manifest misspelt = cluster();
    misspelt.map("spec").put("instance", 3);
    Manifest deep = cluster();
    deep.map("spec.bootstrap.initdb").put("databse", "afterword");
    Manifest missing = cluster();
    missing.map("spec").remove("instances");

    for (Manifest wrong : new Manifest[] {misspelt, deep, missing})
      assertFalse(judge(wrong).getValid());
  }

  private static Manifest cluster() {
    return Rendering.of("k8s/overlays/production").find("Cluster", "afterword-db").orElseThrow();
  }

  private static OutputUnit judge(Manifest manifest) {
    return Validator.create(
            JsonSchema.of(schema(manifest.kind())),
            new JsonSchemaOptions().setBaseUri("https://afterword").setDraft(Draft.DRAFT202012))
        .validate(new JsonObject(manifest.content()));
  }

  private static JsonObject schema(String kind) {
    try (InputStream in = CustomResourceTest.class.getResourceAsStream("/crds/" + kind + ".json")) {
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
