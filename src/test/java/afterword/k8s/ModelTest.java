package afterword.k8s;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kubernetes' own kinds are what the official model knows: no unknown field, none missing. */
class ModelTest {
  private static final Map<String, String> GROUP_TO_PREFIX =
      Map.of(
          "v1", "V1",
          "apps/v1", "V1",
          "batch/v1", "V1",
          "policy/v1", "V1",
          "networking.k8s.io/v1", "V1",
          "autoscaling/v2", "V2");

  static Stream<Manifest> builtIns() {
    return Rendering.all().stream()
        .flatMap(r -> r.manifests().stream())
        .filter(m -> GROUP_TO_PREFIX.containsKey(m.apiVersion()));
  }

  @ParameterizedTest
  @MethodSource("builtIns")
  void is_what_the_model_knows(Manifest manifest) {
    assertDoesNotThrow(() -> validate(manifest));
  }

  @Test
  void notices_a_misspelt_and_a_missing_field() {
    Manifest misspelt = deployment();
    misspelt.map("spec").put("replica", 2);
    Manifest deep = deployment();
    Manifest.map(deep.containers().get(0).get("readinessProbe")).put("periodSecond", 2);
    Manifest missing = deployment();
    missing.map("spec").remove("selector");

    for (Manifest wrong : List.of(misspelt, deep, missing))
      assertThrows(IllegalArgumentException.class, () -> validate(wrong));
  }

  @Test
  void nothing_is_left_unjudged() {
    List<String> neither =
        Rendering.all().stream()
            .flatMap(r -> r.manifests().stream())
            .filter(
                m ->
                    !GROUP_TO_PREFIX.containsKey(m.apiVersion())
                        && !CustomResourceTest.knows(m.apiVersion(), m.kind()))
            .map(m -> m.apiVersion() + " " + m.kind())
            .distinct()
            .toList();

    assertEquals(List.of(), neither);
  }

  private static Manifest deployment() {
    return Rendering.of("k8s/base").find("Deployment", "afterword").orElseThrow();
  }

  private static void validate(Manifest manifest) throws Throwable {
    var model =
        Class.forName(
            "io.kubernetes.client.openapi.models."
                + GROUP_TO_PREFIX.get(manifest.apiVersion())
                + manifest.kind());
    try {
      model
          .getMethod("validateJsonElement", JsonElement.class)
          .invoke(null, new Gson().toJsonTree(manifest.content()));
    } catch (InvocationTargetException wrong) {
      throw wrong.getCause();
    }
  }
}
