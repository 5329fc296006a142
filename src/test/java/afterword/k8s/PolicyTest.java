package afterword.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.config.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything under k8s/ keeps every policy, and every policy has something that breaks it. */
class PolicyTest {
  private static final String PRODUCTION = "k8s/overlays/production";
  private static final String SINGLE_NODE = "k8s/overlays/single-node";
  private static final String POD = "spec.template.spec.";
  private static final String CONTAINER = POD + "containers.0.";

  static Stream<Arguments> everything() {
    return Rendering.all().stream()
        .flatMap(rendering -> Arrays.stream(Policy.values()).map(p -> Arguments.of(rendering, p)));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void keeps(Rendering rendering, Policy policy) {
    assertEquals(List.of(), policy.breaks(rendering));
  }

  /** What is changed, and the policy that must notice. */
  private record Spoilt(Policy policy, String folder, String object, String path, Object value) {
    @Override
    public String toString() {
      return policy + " notices " + object + " " + path + "=" + value;
    }
  }

  private static Spoilt deployment(Policy policy, String path, Object value) {
    return new Spoilt(policy, PRODUCTION, "Deployment afterword", path, value);
  }

  private static Spoilt spoilt(Policy policy, String object, String path, Object value) {
    return new Spoilt(policy, PRODUCTION, object, path, value);
  }

  static List<Spoilt> spoilt() {
    String security = CONTAINER + "securityContext.";
    return List.of(
        deployment(Policy.RESTRICTED, POD + "hostNetwork", true),
        deployment(Policy.RESTRICTED, POD + "hostPID", true),
        deployment(Policy.RESTRICTED, POD + "hostIPC", true),
        deployment(Policy.RESTRICTED, POD + "securityContext.runAsNonRoot", false),
        deployment(Policy.RESTRICTED, POD + "securityContext.runAsUser", 0),
        deployment(Policy.RESTRICTED, POD + "securityContext.seccompProfile", null),
        deployment(Policy.RESTRICTED, security + "allowPrivilegeEscalation", null),
        deployment(Policy.RESTRICTED, security + "readOnlyRootFilesystem", false),
        deployment(Policy.RESTRICTED, security + "capabilities.drop", List.of("NET_RAW")),
        deployment(Policy.RESTRICTED, security + "capabilities.add", List.of("SYS_TIME")),
        deployment(Policy.RESTRICTED, security + "privileged", true),
        deployment(Policy.RESTRICTED, security + "runAsUser", 0),
        deployment(Policy.RESTRICTED, CONTAINER + "ports.0.hostPort", 80),
        deployment(
            Policy.RESTRICTED,
            POD + "volumes.0",
            Map.of("name", "secrets", "hostPath", Map.of("path", "/"))),
        deployment(Policy.NO_TOKEN_OF_THE_CLUSTER, POD + "automountServiceAccountToken", null),
        deployment(Policy.NO_SERVICE_LINKS, POD + "enableServiceLinks", null),
        deployment(Policy.REQUESTS_AND_A_MEMORY_LIMIT, CONTAINER + "resources.limits", null),
        deployment(Policy.REQUESTS_AND_A_MEMORY_LIMIT, CONTAINER + "resources.limits.cpu", "1"),
        deployment(Policy.PROBES, CONTAINER + "livenessProbe", null),
        deployment(Policy.PROBES, CONTAINER + "livenessProbe.httpGet.path", "/readyz"),
        deployment(Policy.PROBES, CONTAINER + "readinessProbe.httpGet.port", 9091),
        deployment(Policy.SELECTORS_MATCH, "spec.template.metadata.labels", Map.of("a", "b")),
        spoilt(Policy.SELECTORS_MATCH, "Service afterword", "spec.selector", Map.of("a", "b")),
        spoilt(Policy.SELECTORS_MATCH, "Service afterword", "spec.ports.0.targetPort", "web"),
        spoilt(
            Policy.SELECTORS_MATCH,
            "PodDisruptionBudget afterword",
            "spec.selector.matchLabels",
            Map.of("a", "b")),
        spoilt(
            Policy.SELECTORS_MATCH,
            "NetworkPolicy afterword",
            "spec.podSelector.matchLabels",
            Map.of("a", "b")),
        spoilt(
            Policy.SELECTORS_MATCH,
            "PodMonitor afterword",
            "spec.selector.matchLabels",
            Map.of("a", "b")),
        spoilt(
            Policy.SELECTORS_MATCH,
            "PodMonitor afterword",
            "spec.podMetricsEndpoints.0.port",
            "metrics"),
        deployment(
            Policy.WHAT_IS_REFERRED_TO_IS_THERE, POD + "volumes.0.secret.secretName", "nobody's"),
        deployment(
            Policy.WHAT_IS_REFERRED_TO_IS_THERE,
            CONTAINER + "envFrom.0.configMapRef.name",
            "afterword"),
        deployment(Policy.WHAT_IS_REFERRED_TO_IS_THERE, POD + "serviceAccountName", "other"),
        deployment(Policy.WHAT_IS_REFERRED_TO_IS_THERE, "spec.replicas", 2),
        spoilt(
            Policy.WHAT_IS_REFERRED_TO_IS_THERE,
            "HorizontalPodAutoscaler afterword",
            "spec.scaleTargetRef.name",
            "other"),
        spoilt(
            Policy.WHAT_IS_REFERRED_TO_IS_THERE,
            "HTTPRoute afterword",
            "spec.rules.0.backendRefs.0.port",
            81),
        spoilt(
            Policy.WHAT_IS_REFERRED_TO_IS_THERE,
            "Pooler afterword-pooler",
            "spec.cluster.name",
            "other"),
        spoilt(
            Policy.WHAT_IS_REFERRED_TO_IS_THERE,
            "Cluster afterword-db",
            "spec.plugins.0.parameters.barmanObjectName",
            "other"),
        new Spoilt(
            Policy.WHAT_IS_REFERRED_TO_IS_THERE,
            SINGLE_NODE,
            "Ingress afterword",
            "spec.rules.0.http.paths.0.backend.service.name",
            "other"),
        deployment(Policy.MOUNTS_ARE_VOLUMES, CONTAINER + "volumeMounts.0.name", "other"),
        deployment(Policy.MOUNTS_ARE_VOLUMES, CONTAINER + "env.0.value", "/elsewhere/uri"),
        deployment(
            Policy.SECRETS_COME_AS_FILES,
            CONTAINER + "env.0",
            Map.of(
                "name",
                "AFTERWORD_SECRET",
                "valueFrom",
                Map.of("secretKeyRef", Map.of("name", "afterword", "key", "secret")))),
        deployment(Policy.ENVIRONMENT_IS_KNOWN, CONTAINER + "env.0.name", "AFTERWORD_SECRTE_FILE"),
        spoilt(
            Policy.MANAGEMENT_IS_NOT_PUBLIC,
            "Service afterword",
            "spec.ports.0.targetPort",
            "management"),
        spoilt(
            Policy.WEBHOOKS_STAY_OUT_OF_PRIVATE_RANGES,
            "NetworkPolicy afterword",
            "spec.egress.1.to.0.ipBlock.except",
            List.of("10.0.0.0/8")),
        spoilt(
            Policy.WEBHOOKS_STAY_OUT_OF_PRIVATE_RANGES,
            "NetworkPolicy afterword",
            "spec.egress.1.to",
            null),
        spoilt(
            Policy.WEBHOOKS_STAY_OUT_OF_PRIVATE_RANGES,
            "NetworkPolicy afterword",
            "spec.policyTypes",
            List.of("Ingress")),
        deployment(Policy.IMAGES_HAVE_A_VERSION, CONTAINER + "image", "afterword"),
        deployment(Policy.IMAGES_HAVE_A_VERSION, CONTAINER + "image", "afterword:latest"),
        deployment(Policy.A_STOP_HAS_ITS_TIME, POD + "terminationGracePeriodSeconds", 20),
        deployment(Policy.A_STOP_HAS_ITS_TIME, CONTAINER + "readinessProbe.periodSeconds", 30),
        deployment(
            Policy.NOTHING_IS_MISSING_DURING_AN_UPDATE,
            "spec.strategy.rollingUpdate.maxUnavailable",
            1));
  }

  @ParameterizedTest
  @MethodSource("spoilt")
  void notices(Spoilt spoilt) {
    assertEquals(List.of(), spoilt.policy.breaks(Rendering.of(spoilt.folder)));

    assertFalse(spoilt.policy.breaks(spoil(spoilt)).isEmpty());
  }

  private static Rendering spoil(Spoilt spoilt) {
    Rendering rendering = Rendering.of(spoilt.folder);
    String[] object = spoilt.object.split(" ");
    Manifest manifest = rendering.find(object[0], object[1]).orElseThrow();
    put(manifest.content(), spoilt.path.split("\\."), spoilt.value);
    return rendering;
  }

  @Test
  void every_policy_has_something_that_breaks_it() {
    var broken = EnumSet.noneOf(Policy.class);
    spoilt().forEach(s -> broken.add(s.policy));

    assertEquals(EnumSet.allOf(Policy.class), broken);
  }

  /** Sentences are found by their words: a literal with two words or more is said to somebody. */
  @Test
  void every_sentence_of_a_policy_is_said_about_something_spoilt() {
    String said =
        spoilt().stream()
            .flatMap(one -> one.policy.breaks(spoil(one)).stream())
            .collect(Collectors.joining("\n"));

    List<String> unsaid =
        Pattern.compile("\"([^\"\n]*[a-z]+ [a-z]+[^\"\n]*)\"")
            .matcher(read("src/test/java/afterword/k8s/Policy.java"))
            .results()
            .map(found -> found.group(1))
            .filter(words -> !said.contains(words))
            .toList();

    assertEquals(List.of(), unsaid);
  }

  @Test
  void production_names_images_by_digest() {
    var images =
        Rendering.of(PRODUCTION).workloads().stream()
            .flatMap(w -> w.containers().stream())
            .map(c -> String.valueOf(c.get("image")))
            .toList();

    assertEquals(2, images.size());
    images.forEach(image -> assertTrue(image.contains("@sha256:"), image));
  }

  /** The other way round of ENVIRONMENT_IS_KNOWN. */
  @Test
  void every_setting_has_its_line_in_the_manifests() {
    String lines = read("k8s/base/settings.env");
    String files =
        Stream.of("base/deployment.yaml", "migrate/job.yaml", "README.md")
            .map(name -> read("k8s/" + name))
            .collect(Collectors.joining());

    assertEquals(Set.of(), withoutLine(lines, files), "add them to k8s/base/settings.env");
    assertEquals(
        Set.of("AFTERWORD_POOL_SIZE"),
        withoutLine(lines.replace("AFTERWORD_POOL_SIZE=", "AFTERWORD_POOL="), files));
    assertEquals(
        Set.of("AFTERWORD_SECRET_FILE"),
        withoutLine(lines, files.replace("AFTERWORD_SECRET_FILE", "AFTERWORD_SECRET")));
  }

  private static Set<String> withoutLine(String lines, String files) {
    var missing = new TreeSet<String>();
    for (Setting setting : Setting.values()) {
      if (setting.secret()) {
        if (!files.contains(setting + "_FILE")) missing.add(setting + "_FILE");
      } else if (!Pattern.compile("(?m)^(# )?" + setting + "=").matcher(lines).find()) {
        missing.add(setting.name());
      } else {
        Optional<String> shown = commented(lines, setting);
        shown.ifPresent(
            value ->
                assertEquals(
                    setting == Setting.PUBLIC_BASE_URL
                        ? "http://localhost:8080"
                        : setting.standard().orElse(""),
                    value,
                    setting + " has another default in k8s/base/settings.env"));
      }
    }
    return missing;
  }

  @Test
  void the_version_is_the_same_everywhere() {
    String version =
        Pattern.compile("<version>([^<]+?)(-SNAPSHOT)?</version>")
            .matcher(read("pom.xml"))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    Manifest job = Rendering.of("k8s/migrate").find("Job", jobOf(version)).orElseThrow();

    assertEquals("afterword:" + version, Manifest.at(job.containers().get(0), "image"));
    assertEquals(
        "afterword:" + version,
        Rendering.of("k8s/base")
            .find("Deployment", "afterword")
            .orElseThrow()
            .containers()
            .get(0)
            .get("image"));
    assertTrue(job.at("spec.ttlSecondsAfterFinished") instanceof Integer);
  }

  private static String jobOf(String version) {
    return "afterword-migrate-" + version.replace('.', '-');
  }

  private static Optional<String> commented(String lines, Setting setting) {
    var line = Pattern.compile("(?m)^# " + setting + "=(.*)$").matcher(lines);
    return line.find() ? Optional.of(line.group(1)) : Optional.empty();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (java.io.IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** Null removes. */
  @SuppressWarnings("unchecked")
  private static void put(Object into, String[] path, Object value) {
    Object at = into;
    for (int i = 0; i < path.length - 1; i++)
      at =
          at instanceof List<?> list
              ? list.get(Integer.parseInt(path[i]))
              : ((Map<String, Object>) at)
                  .computeIfAbsent(path[i], none -> new java.util.LinkedHashMap<>());
    String last = path[path.length - 1];
    if (at instanceof List<?> list) ((List<Object>) list).set(Integer.parseInt(last), value);
    else if (value == null) ((Map<String, Object>) at).remove(last);
    else ((Map<String, Object>) at).put(last, value);
  }
}
