package afterword.k8s;

import static afterword.k8s.Manifest.at;
import static afterword.k8s.Manifest.list;
import static afterword.k8s.Manifest.map;

import afterword.config.Setting;
import afterword.k8s.Rendering.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every rendering is held to, one rule each; a rule gives what breaks it. */
enum Policy {
  /** Field by field what the Pod Security Standard "restricted" asks for, and a little more. */
  RESTRICTED(each(Policy::unrestricted)),
  /** An identity that is not needed is one that can be stolen. */
  NO_TOKEN_OF_THE_CLUSTER(
      each(
          (r, workload) ->
              require(
                  workload,
                  Boolean.FALSE.equals(workload.pod().get("automountServiceAccountToken")),
                  "mounts a token of the cluster"))),
  NO_SERVICE_LINKS(
      each(
          (r, workload) ->
              require(
                  workload,
                  Boolean.FALSE.equals(workload.pod().get("enableServiceLinks")),
                  "takes every Service of the namespace into its environment"))),
  REQUESTS_AND_A_MEMORY_LIMIT(
      each(
          (r, workload) ->
              ofContainers(
                  workload,
                  c ->
                      at(c, "resources.limits.memory") != null
                          && at(c, "resources.requests.memory") != null
                          && at(c, "resources.requests.cpu") != null
                          && at(c, "resources.limits.cpu") == null,
                  "needs requests and a memory limit, and no limit that throttles its processors"))),
  PROBES(each(Policy::probes)),
  SELECTORS_MATCH(Policy::selectors),
  WHAT_IS_REFERRED_TO_IS_THERE(Policy::references),
  MOUNTS_ARE_VOLUMES(each(Policy::mounts)),
  SECRETS_COME_AS_FILES(
      each(
          (r, workload) ->
              ofContainers(
                  workload,
                  c ->
                      !c.toString().contains("secretKeyRef") && !c.toString().contains("secretRef"),
                  "has a secret in its environment"))),
  ENVIRONMENT_IS_KNOWN(Policy::environment),
  MANAGEMENT_IS_NOT_PUBLIC(
      rendering ->
          rendering.of(Kind.SERVICE).stream()
              .filter(s -> s.at("spec").toString().contains("management"))
              .map(s -> s + " shows the management port")
              .toList()),
  WEBHOOKS_STAY_OUT_OF_PRIVATE_RANGES(Policy::egress),
  IMAGES_HAVE_A_VERSION(
      each(
          (r, workload) ->
              ofContainers(
                  workload,
                  c ->
                      String.valueOf(c.get("image"))
                          .matches(".+(:(?!latest).+|@sha256:[0-9a-f]{64})"),
                  "has an image without a version"))),
  A_STOP_HAS_ITS_TIME(Policy::grace),
  NOTHING_IS_MISSING_DURING_AN_UPDATE(Policy::update);

  private final Rule rule;

  Policy(Rule rule) {
    this.rule = rule;
  }

  /** One line for each thing that breaks it; empty if nothing does. */
  List<String> breaks(Rendering rendering) {
    return rule.breaks(rendering);
  }

  private interface Rule {
    List<String> breaks(Rendering rendering);
  }

  private interface OfWorkload {
    List<String> breaks(Rendering rendering, Manifest workload);
  }

  private interface OfContainer {
    boolean holds(Map<String, Object> container);
  }

  private static Rule each(OfWorkload rule) {
    return rendering ->
        rendering.workloads().stream()
            .flatMap(workload -> rule.breaks(rendering, workload).stream())
            .toList();
  }

  private static List<String> require(Manifest about, boolean holds, String otherwise) {
    return holds ? List.of() : List.of(about + " " + otherwise);
  }

  private static List<String> ofContainers(Manifest of, OfContainer rule, String otherwise) {
    return of.containers().stream()
        .filter(container -> !rule.holds(container))
        .map(container -> of + ": " + container.get("name") + " " + otherwise)
        .toList();
  }

  private static List<String> unrestricted(Rendering rendering, Manifest workload) {
    var wrong = new ArrayList<String>();
    Map<String, Object> pod = workload.pod();
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC"))
      wrong.addAll(require(workload, !Boolean.TRUE.equals(pod.get(host)), "has " + host));
    wrong.addAll(
        require(
            workload, Boolean.TRUE.equals(at(pod, "securityContext.runAsNonRoot")), "may be root"));
    wrong.addAll(
        require(
            workload,
            at(pod, "securityContext.runAsUser") instanceof Integer user && user > 0,
            "has no user"));
    wrong.addAll(
        require(
            workload,
            "RuntimeDefault".equals(at(pod, "securityContext.seccompProfile.type")),
            "has no seccomp profile"));
    for (Map<String, Object> volume : list(pod.get("volumes")))
      wrong.addAll(
          require(
              workload,
              Stream.of("secret", "configMap", "emptyDir", "projected", "persistentVolumeClaim")
                  .anyMatch(volume::containsKey),
              "has a volume of a forbidden type: " + volume.get("name")));
    wrong.addAll(
        ofContainers(
            workload,
            c -> Boolean.FALSE.equals(at(c, "securityContext.allowPrivilegeEscalation")),
            "may gain privileges"));
    wrong.addAll(
        ofContainers(
            workload,
            c -> Boolean.TRUE.equals(at(c, "securityContext.readOnlyRootFilesystem")),
            "may write to its root"));
    wrong.addAll(
        ofContainers(
            workload,
            c ->
                List.of("ALL").equals(at(c, "securityContext.capabilities.drop"))
                    && at(c, "securityContext.capabilities.add") == null,
            "keeps capabilities"));
    wrong.addAll(
        ofContainers(
            workload,
            c ->
                !Boolean.TRUE.equals(at(c, "securityContext.privileged"))
                    && !Boolean.FALSE.equals(at(c, "securityContext.runAsNonRoot"))
                    && !Objects.equals(0, at(c, "securityContext.runAsUser")),
            "undoes what its pod is held to"));
    wrong.addAll(
        ofContainers(
            workload,
            c -> list(c.get("ports")).stream().allMatch(port -> port.get("hostPort") == null),
            "takes a port of the host"));
    return wrong;
  }

  /** Long-running pods: three probes, no two alike in what they ask, on ports that are declared. */
  private static List<String> probes(Rendering rendering, Manifest workload) {
    if (workload.kind().equals("Job")) return List.of();
    var wrong = new ArrayList<String>();
    for (Map<String, Object> container : list(workload.pod().get("containers"))) {
      Set<Object> ports =
          list(container.get("ports")).stream()
              .flatMap(port -> Stream.of(port.get("name"), port.get("containerPort")))
              .collect(Collectors.toSet());
      var asked = new HashSet<Object>();
      for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
        Map<String, Object> asks = map(container.get(probe));
        boolean exec = asks.containsKey("exec");
        // A liveness probe that starts a program kills what is only busy.
        if (asks.isEmpty() && !probe.equals("livenessProbe"))
          wrong.add(workload + " has no " + probe);
        if (asks.isEmpty() || exec) continue;
        if (!ports.contains(at(asks, "httpGet.port")))
          wrong.add(workload + ": " + probe + " asks a port that is not declared");
        if (!asked.add(at(asks, "httpGet.path")))
          wrong.add(workload + ": " + probe + " asks what another probe asks");
      }
      if (workload.name().equals("afterword") && asked.size() < 3)
        wrong.add(workload + " has not all three probes");
    }
    return wrong;
  }

  /** Everything that points at pods by labels finds some; what points by name finds it. */
  private static List<String> selectors(Rendering rendering) {
    var wrong = new ArrayList<String>();
    for (Manifest workload : rendering.workloads()) {
      Map<String, Object> own = workload.map("spec.selector.matchLabels");
      wrong.addAll(
          require(
              workload,
              workload.podLabels().entrySet().containsAll(own.entrySet())
                  && (workload.kind().equals("Job") || !own.isEmpty()),
              "does not select its own pods"));
      for (Map<String, Object> spread : list(workload.pod().get("topologySpreadConstraints")))
        wrong.addAll(
            require(
                workload,
                workload
                    .podLabels()
                    .entrySet()
                    .containsAll(map(at(spread, "labelSelector.matchLabels")).entrySet()),
                "spreads other pods than its own"));
    }
    var pointers =
        Map.of(
            "Service", "spec.selector",
            "PodDisruptionBudget", "spec.selector.matchLabels",
            "NetworkPolicy", "spec.podSelector.matchLabels",
            "PodMonitor", "spec.selector.matchLabels");
    for (Manifest manifest : rendering.manifests()) {
      String path = pointers.get(manifest.kind());
      if (path == null || manifest.name().equals("default-deny")) continue;
      Map<String, Object> labels = manifest.map(path);
      wrong.addAll(
          require(
              manifest,
              !labels.isEmpty() && somePodHas(rendering, labels),
              "finds none of the pods"));
    }
    for (Manifest service : rendering.of(Kind.SERVICE))
      for (Map<String, Object> port : service.list("spec.ports"))
        wrong.addAll(
            require(
                service,
                declares(rendering, service.map("spec.selector"), port.get("targetPort")),
                "sends to a port that its pods do not declare"));
    for (Manifest monitor : rendering.manifests())
      if (monitor.kind().equals("PodMonitor"))
        for (Map<String, Object> endpoint : monitor.list("spec.podMetricsEndpoints"))
          wrong.addAll(
              require(
                  monitor,
                  declares(
                      rendering, monitor.map("spec.selector.matchLabels"), endpoint.get("port")),
                  "scrapes a port that its pods do not declare"));
    return wrong;
  }

  private static boolean somePodHas(Rendering rendering, Map<String, Object> labels) {
    boolean ours =
        rendering.workloads().stream()
            .anyMatch(w -> w.podLabels().entrySet().containsAll(labels.entrySet()));
    // The operator makes these pods, and labels them so.
    boolean cluster =
        rendering.find("Cluster", String.valueOf(labels.get("cnpg.io/cluster"))).isPresent();
    boolean pooler =
        rendering.find("Pooler", String.valueOf(labels.get("cnpg.io/poolerName"))).isPresent();
    return ours || cluster || pooler;
  }

  private static boolean declares(Rendering rendering, Map<String, Object> labels, Object port) {
    return rendering.workloads().stream()
        .filter(w -> w.podLabels().entrySet().containsAll(labels.entrySet()))
        .flatMap(w -> w.containers().stream())
        .flatMap(c -> list(c.get("ports")).stream())
        .anyMatch(p -> port.equals(p.get("name")) || port.equals(p.get("containerPort")));
  }

  /** Secrets that an operator makes by hand or by another operator, as k8s/README.md says. */
  private static final Set<String> MADE_BY_HAND =
      Set.of(
          "afterword",
          "afterword-database",
          "afterword-database-owner",
          "afterword-postgres",
          "afterword-db-serve",
          "afterword-backup",
          "afterword-tls");

  private static List<String> references(Rendering rendering) {
    var wrong = new ArrayList<String>();
    Set<String> secrets = new HashSet<>(MADE_BY_HAND);
    rendering
        .manifests()
        .forEach(
            m -> {
              if (m.kind().equals("Secret")) secrets.add(m.name());
              if (m.kind().equals("Cluster")) secrets.add(m.name() + "-app");
              if (m.kind().equals("ExternalSecret")) secrets.add(m.text("spec.target.name"));
            });
    for (Manifest workload : rendering.workloads()) {
      var maps = new ArrayList<Object>();
      workload.containers().stream()
          .flatMap(c -> list(c.get("envFrom")).stream())
          .forEach(from -> maps.add(at(from, "configMapRef.name")));
      for (Map<String, Object> volume : list(workload.pod().get("volumes"))) {
        if (volume.containsKey("configMap")) maps.add(at(volume, "configMap.name"));
        Object secret = at(volume, "secret.secretName");
        if (secret != null && !secrets.contains(secret))
          wrong.add(workload + " mounts the secret " + secret + ", which nobody makes");
      }
      for (Object map : maps)
        if (rendering.find("ConfigMap", String.valueOf(map)).isEmpty())
          wrong.add(workload + " uses the ConfigMap " + map + ", which is not there");
      Object account = workload.pod().get("serviceAccountName");
      if (account != null && rendering.find("ServiceAccount", account.toString()).isEmpty())
        wrong.add(workload + " uses the account " + account + ", which is not there");
    }
    for (Manifest manifest : rendering.manifests()) {
      switch (manifest.kind()) {
        case "HorizontalPodAutoscaler" -> {
          String kind = manifest.text("spec.scaleTargetRef.kind");
          String name = manifest.text("spec.scaleTargetRef.name");
          if (rendering.find(kind, name).isEmpty())
            wrong.add(manifest + " scales " + kind + " " + name + ", which is not there");
          if (rendering.find(kind, name).map(m -> m.at("spec.replicas")).isPresent())
            wrong.add(manifest + " and the Deployment both set the number of pods");
        }
        case "HTTPRoute" ->
            manifest
                .everywhere("backendRefs")
                .flatMap(refs -> list(refs).stream())
                .filter(ref -> !servesPort(rendering, ref.get("name"), ref.get("port")))
                .forEach(ref -> wrong.add(manifest + " leads to no Service: " + ref));
        case "Ingress" ->
            manifest
                .everywhere("service")
                .filter(s -> !servesPort(rendering, at(s, "name"), at(s, "port.name")))
                .forEach(s -> wrong.add(manifest + " leads to no Service: " + s));
        case "Pooler", "ScheduledBackup" -> {
          if (rendering.find("Cluster", manifest.text("spec.cluster.name")).isEmpty())
            wrong.add(manifest + " is for a Cluster that is not there");
        }
        case "Cluster" ->
            manifest
                .everywhere("barmanObjectName")
                .filter(name -> rendering.find("ObjectStore", name.toString()).isEmpty())
                .forEach(name -> wrong.add(manifest + " has no ObjectStore " + name));
        default -> {}
      }
    }
    return wrong;
  }

  private static boolean servesPort(Rendering rendering, Object service, Object port) {
    return rendering
        .find("Service", String.valueOf(service))
        .map(s -> s.list("spec.ports").stream())
        .orElse(Stream.empty())
        .anyMatch(p -> Objects.equals(port, p.get("port")) || Objects.equals(port, p.get("name")));
  }

  private static List<String> mounts(Rendering rendering, Manifest workload) {
    var wrong = new ArrayList<String>();
    Set<Object> volumes = new HashSet<>();
    list(workload.pod().get("volumes")).forEach(v -> volumes.add(v.get("name")));
    workload.list("spec.volumeClaimTemplates").forEach(v -> volumes.add(at(v, "metadata.name")));
    for (Map<String, Object> container : workload.containers()) {
      var paths = new ArrayList<String>();
      for (Map<String, Object> mount : list(container.get("volumeMounts"))) {
        paths.add(mount.get("mountPath") + "/");
        if (!volumes.contains(mount.get("name")))
          wrong.add(workload + " mounts " + mount.get("name") + ", which is no volume of it");
      }
      for (Map<String, Object> variable : list(container.get("env"))) {
        String name = String.valueOf(variable.get("name"));
        String file = String.valueOf(variable.get("value"));
        if (name.endsWith("_FILE") && paths.stream().noneMatch(file::startsWith))
          wrong.add(workload + ": " + name + " names " + file + ", where nothing is mounted");
      }
    }
    return wrong;
  }

  private static List<String> environment(Rendering rendering) {
    var names = new ArrayList<String>();
    for (Manifest workload : rendering.workloads()) {
      if (workload.name().equals("afterword-postgres")) continue;
      for (Map<String, Object> container : workload.containers()) {
        list(container.get("env")).forEach(e -> names.add(String.valueOf(e.get("name"))));
        list(container.get("envFrom")).stream()
            .map(from -> rendering.find("ConfigMap", String.valueOf(at(from, "configMapRef.name"))))
            .flatMap(map -> map.stream().flatMap(m -> m.map("data").keySet().stream()))
            .forEach(names::add);
      }
    }
    return names.stream()
        .filter(name -> !isSetting(name))
        .map(name -> name + " is no setting")
        .distinct()
        .toList();
  }

  static boolean isSetting(String name) {
    return name.startsWith("OTEL_")
        || Arrays.stream(Setting.values())
            .anyMatch(s -> name.equals(s.name()) || name.equals(s.name() + "_FILE"));
  }

  private static final Set<String> PRIVATE =
      Set.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10");

  private static List<String> egress(Rendering rendering) {
    var wrong = new ArrayList<String>();
    for (Manifest policy : rendering.of(Kind.NETWORK_POLICY)) {
      if (!"afterword"
          .equals(policy.map("spec.podSelector.matchLabels").get("app.kubernetes.io/name")))
        continue;
      for (Map<String, Object> way : policy.list("spec.egress")) {
        Set<Object> ports =
            list(way.get("ports")).stream().map(p -> p.get("port")).collect(Collectors.toSet());
        boolean web = ports.isEmpty() || ports.contains(80) || ports.contains(443);
        if (!web) continue;
        if (list(way.get("to")).isEmpty()) wrong.add(policy + " lets webhooks go anywhere");
        for (Map<String, Object> to : list(way.get("to"))) {
          String range = String.valueOf(at(to, "ipBlock.cidr"));
          Object except = at(to, "ipBlock.except");
          boolean open =
              range.equals("0.0.0.0/0")
                  && !(except instanceof List<?> left && left.containsAll(PRIVATE));
          if (open || range.equals("::/0"))
            wrong.add(policy + " lets webhooks go into private ranges");
        }
      }
    }
    boolean held =
        rendering.of(Kind.NETWORK_POLICY).stream()
            .anyMatch(
                p -> p.name().equals("afterword") && p.text("spec.policyTypes").contains("Egress"));
    if (rendering.find("Deployment", "afterword").isPresent() && !held)
      wrong.add("no NetworkPolicy holds what the service may reach");
    return wrong;
  }

  private static List<String> grace(Rendering rendering) {
    var wrong = new ArrayList<String>();
    for (Manifest deployment : rendering.workloads()) {
      if (!deployment.kind().equals("Deployment")) continue;
      Map<String, Object> settings =
          rendering.of(Kind.CONFIG_MAP).stream()
              .filter(
                  m -> m.name().startsWith("afterword-") && m.map("data").containsKey("HTTP_PORT"))
              .findFirst()
              .map(m -> m.map("data"))
              .orElse(Map.of());
      int needed =
          Integer.parseInt(settings.getOrDefault("AFTERWORD_DRAIN_SECONDS", "0").toString())
              + Integer.parseInt(settings.getOrDefault("AFTERWORD_FINISH_SECONDS", "5").toString())
              + 5;
      int given =
          deployment.pod().get("terminationGracePeriodSeconds") instanceof Integer n ? n : 30;
      if (given < needed)
        wrong.add(deployment + " is killed after " + given + " s, its stop takes " + needed);
      Object period =
          at(list(deployment.pod().get("containers")).get(0), "readinessProbe.periodSeconds");
      Object failures =
          at(list(deployment.pod().get("containers")).get(0), "readinessProbe.failureThreshold");
      int unready =
          (period instanceof Integer p ? p : 10) * (failures instanceof Integer f ? f : 3);
      int drain =
          Integer.parseInt(settings.getOrDefault("AFTERWORD_DRAIN_SECONDS", "0").toString());
      if (drain < unready)
        wrong.add(deployment + " stops serving before its readiness probe could tell anybody");
    }
    return wrong;
  }

  private static List<String> update(Rendering rendering) {
    return rendering.workloads().stream()
        .filter(
            w -> w.kind().equals("Deployment") && !"Recreate".equals(w.at("spec.strategy.type")))
        .filter(
            w ->
                !Objects.equals(0, w.at("spec.strategy.rollingUpdate.maxUnavailable"))
                    || Objects.equals(1, w.at("spec.replicas")))
        .map(w -> w + " has fewer pods than asked for while it is updated")
        .toList();
  }
}
