package afterword;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import afterword.config.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Renders what is applied to a cluster and looks at what a restricted namespace would refuse. */
class K8sTest {
  private static final String BASE = "k8s/base";
  private static final String DEV = "k8s/overlays/dev";

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV})
  void pods_are_restricted(String folder) {
    Map<String, Object> pod = podOf(rendered(folder));

    assertEquals(false, pod.get("automountServiceAccountToken"));
    assertEquals(false, pod.get("enableServiceLinks"));
    assertEquals(true, at(pod, "securityContext", "runAsNonRoot"));
    assertEquals("RuntimeDefault", at(pod, "securityContext", "seccompProfile", "type"));
    for (Map<String, Object> container : containersOf(pod)) {
      assertEquals(false, at(container, "securityContext", "allowPrivilegeEscalation"));
      assertEquals(true, at(container, "securityContext", "readOnlyRootFilesystem"));
      assertEquals(List.of("ALL"), at(container, "securityContext", "capabilities", "drop"));
      assertTrue(at(container, "resources", "limits", "memory") != null, "a memory limit");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV})
  void every_name_in_the_environment_is_a_setting(String folder) {
    var documents = rendered(folder);
    Stream<String> direct =
        containersOf(podOf(documents)).stream()
            .flatMap(c -> list(c.get("env")).stream())
            .map(e -> (String) e.get("name"));
    Stream<String> mapped =
        ofKind(documents, "ConfigMap").stream()
            .flatMap(config -> map(config.get("data")).keySet().stream());

    List<String> unknown = Stream.concat(direct, mapped).filter(name -> !known(name)).toList();

    assertEquals(List.of(), unknown);
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV})
  void secrets_come_as_files_and_never_through_the_environment(String folder) {
    for (Map<String, Object> container : containersOf(podOf(rendered(folder)))) {
      assertFalse(container.toString().contains("secretKeyRef"));
      assertFalse(container.toString().contains("secretRef"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV})
  void probes_ask_the_management_port_which_no_service_shows(String folder) {
    var documents = rendered(folder);
    Map<String, Object> container = list(podOf(documents).get("containers")).get(0);

    for (var probe :
        Map.of("startupProbe", "/startupz", "readinessProbe", "/readyz", "livenessProbe", "/livez")
            .entrySet()) {
      assertEquals(probe.getValue(), at(container, probe.getKey(), "httpGet", "path"));
      assertEquals("management", at(container, probe.getKey(), "httpGet", "port"));
    }
    for (Map<String, Object> service : ofKind(documents, "Service")) {
      assertFalse(service.get("spec").toString().contains("management"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV})
  void the_network_policy_is_for_our_pods_alone(String folder) {
    Map<String, Object> policy = ofKind(rendered(folder), "NetworkPolicy").get(0);

    assertEquals(
        Map.of("app.kubernetes.io/name", "afterword"),
        at(policy, "spec", "podSelector", "matchLabels"));
  }

  private static boolean known(String name) {
    return name.startsWith("OTEL_")
        || Arrays.stream(Setting.values())
            .anyMatch(s -> name.equals(s.name()) || name.equals(s.name() + "_FILE"));
  }

  private static Map<String, Object> podOf(List<Map<String, Object>> documents) {
    return map(at(ofKind(documents, "Deployment").get(0), "spec", "template", "spec"));
  }

  private static List<Map<String, Object>> containersOf(Map<String, Object> pod) {
    var all = new ArrayList<>(list(pod.get("containers")));
    all.addAll(list(pod.get("initContainers")));
    return all;
  }

  private static List<Map<String, Object>> ofKind(
      List<Map<String, Object>> documents, String kind) {
    return documents.stream().filter(document -> kind.equals(document.get("kind"))).toList();
  }

  private static Object at(Map<String, Object> from, String... path) {
    Object value = from;
    for (String name : path) value = value == null ? null : map(value).get(name);
    return value;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Object value) {
    return value == null ? List.of() : (List<Map<String, Object>>) value;
  }

  private static List<Map<String, Object>> rendered(String folder) {
    try {
      Process kubectl =
          new ProcessBuilder("kubectl", "kustomize", folder).redirectErrorStream(true).start();
      String text = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, kubectl.waitFor(), text);
      var documents = new ArrayList<Map<String, Object>>();
      new Yaml().loadAll(text).forEach(document -> documents.add(map(document)));
      return documents;
    } catch (IOException missing) {
      return abort("kubectl is not installed: the Kubernetes files were not rendered");
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }
}
