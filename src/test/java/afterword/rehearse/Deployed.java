package afterword.rehearse;

import afterword.k8s.Manifest;
import afterword.k8s.Rendering;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the rendered Deployment says of its pods, read once. */
record Deployed(
    Map<String, String> environment,
    int httpPort,
    int managementPort,
    Probe startup,
    Probe readiness,
    Probe liveness,
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
  }

  static Deployed read() {
    Rendering rendering = Rendering.of("k8s/base");
    Manifest deployment = rendering.find("Deployment", "afterword").orElseThrow();
    Map<String, Object> container = deployment.containers().get(0);
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
    return new Deployed(
        environment,
        Integer.parseInt(environment.get("HTTP_PORT")),
        Integer.parseInt(environment.get("MANAGEMENT_PORT")),
        Probe.of(container.get("startupProbe")),
        Probe.of(container.get("readinessProbe")),
        Probe.of(container.get("livenessProbe")),
        number(deployment.pod().get("terminationGracePeriodSeconds"), 30),
        number(deployment.at("spec.replicas"), 1),
        number(deployment.at("spec.template.spec.securityContext.runAsUser"), 65_532));
  }

  private static int number(Object value, int otherwise) {
    return value instanceof Integer number ? number : otherwise;
  }
}
