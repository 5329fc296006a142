package afterword.rehearse;

import afterword.FreePort;
import afterword.k8s.Manifest;
import afterword.k8s.Rendering;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the rendered Deployment says of its pods, read once. */
record Deployed(
    Map<String, String> environment,
    List<String> arguments,
    int httpPort,
    int managementPort,
    Probe startup,
    Probe readiness,
    Probe liveness,
    List<Mount> mounts,
    long memoryBytes,
    int graceSeconds,
    int replicas,
    int user) {

  /** Numbers of a probe; what is not written has the cluster's default. */
  record Probe(String path, int periodSeconds, int timeoutSeconds, int failures) {
    static Probe of(Object probe) {
      return new Probe(
          String.valueOf(Manifest.at(probe, "httpGet.path")),
          number(Manifest.at(probe, "periodSeconds"), 10),
          number(Manifest.at(probe, "timeoutSeconds"), 1),
          number(Manifest.at(probe, "failureThreshold"), 3));
    }

    Probe twiceAsOften() {
      return new Probe(path, Math.max(1, periodSeconds / 2), timeoutSeconds, failures);
    }
  }

  /**
   * A folder of the container.
   *
   * @param secret whose keys are its files; empty for a folder that can be written
   * @param bytes how much can be written there
   */
  record Mount(String path, String secret, long bytes) {}

  static Deployed read() {
    Rendering rendering = Rendering.of("k8s/base");
    Manifest deployment = rendering.find("Deployment", "afterword").orElseThrow();
    Map<String, Object> container = deployment.containers().get(0);
    Map<String, String> environment = environment(rendering, container);
    return new Deployed(
        environment,
        strings(container.get("args")),
        Integer.parseInt(environment.get("HTTP_PORT")),
        Integer.parseInt(environment.get("MANAGEMENT_PORT")),
        Probe.of(container.get("startupProbe")),
        Probe.of(container.get("readinessProbe")),
        Probe.of(container.get("livenessProbe")),
        mounts(deployment, container),
        bytes(Manifest.at(container, "resources.limits.memory")),
        number(deployment.pod().get("terminationGracePeriodSeconds"), 30),
        number(deployment.at("spec.replicas"), 1),
        number(deployment.at("spec.template.spec.securityContext.runAsUser"), 0));
  }

  /**
   * The same on ports that are free here: in a cluster each pod has them to itself, on this machine
   * somebody may listen on all addresses.
   */
  Deployed onFreePorts() {
    int http = FreePort.next();
    int management = FreePort.next();
    var changed = new LinkedHashMap<>(environment);
    changed.put("HTTP_PORT", Integer.toString(http));
    changed.put("MANAGEMENT_PORT", Integer.toString(management));
    return with(changed, http, management, startup, readiness);
  }

  /**
   * The same for who has little time: probed twice as often, and less than half as long a drain,
   * which is still longer than anybody takes to hear of it.
   */
  Deployed hurried() {
    var changed = new LinkedHashMap<>(environment);
    changed.put("AFTERWORD_DRAIN_SECONDS", "4");
    return with(
        changed, httpPort, managementPort, startup.twiceAsOften(), readiness.twiceAsOften());
  }

  private Deployed with(
      Map<String, String> changed, int http, int management, Probe starting, Probe serving) {
    return new Deployed(
        changed,
        arguments,
        http,
        management,
        starting,
        serving,
        liveness,
        mounts,
        memoryBytes,
        graceSeconds,
        replicas,
        user);
  }

  private static Map<String, String> environment(
      Rendering rendering, Map<String, Object> container) {
    var environment = new LinkedHashMap<String, String>();
    for (Map<String, Object> from : Manifest.list(container.get("envFrom")))
      rendering
          .find("ConfigMap", String.valueOf(Manifest.at(from, "configMapRef.name")))
          .orElseThrow()
          .map("data")
          .forEach((name, value) -> environment.put(name, value.toString()));
    for (Map<String, Object> one : Manifest.list(container.get("env")))
      environment.put(one.get("name").toString(), one.get("value").toString());
    // What a kubelet puts in where a Service is called "afterword" and links are on.
    environment.put("AFTERWORD_SERVICE_HOST", "10.96.0.17");
    environment.put("AFTERWORD_SERVICE_PORT", "80");
    environment.put("AFTERWORD_SERVICE_PORT_HTTP", "80");
    environment.put("AFTERWORD_PORT", "tcp://10.96.0.17:80");
    environment.put("AFTERWORD_PORT_80_TCP_ADDR", "10.96.0.17");
    environment.put("KUBERNETES_SERVICE_HOST", "10.96.0.1");
    return environment;
  }

  private static List<Mount> mounts(Manifest deployment, Map<String, Object> container) {
    var mounts = new ArrayList<Mount>();
    for (Map<String, Object> mount : Manifest.list(container.get("volumeMounts"))) {
      Map<String, Object> volume =
          Manifest.list(deployment.pod().get("volumes")).stream()
              .filter(one -> one.get("name").equals(mount.get("name")))
              .findFirst()
              .orElseThrow();
      Object secret = Manifest.at(volume, "secret.secretName");
      mounts.add(
          new Mount(
              mount.get("mountPath").toString(),
              secret == null ? "" : secret.toString(),
              bytes(Manifest.at(volume, "emptyDir.sizeLimit"))));
    }
    return mounts;
  }

  private static List<String> strings(Object list) {
    return list instanceof List<?> words ? words.stream().map(String::valueOf).toList() : List.of();
  }

  private static int number(Object value, int otherwise) {
    return value instanceof Integer number ? number : otherwise;
  }

  /** Such as 512Mi; 0 where nothing is said. */
  private static long bytes(Object quantity) {
    if (quantity == null) return 0;
    String text = quantity.toString();
    if (text.endsWith("Mi")) return Long.parseLong(text.replace("Mi", "")) << 20;
    if (text.endsWith("Gi")) return Long.parseLong(text.replace("Gi", "")) << 30;
    throw new IllegalArgumentException("what is " + text + "?");
  }
}
