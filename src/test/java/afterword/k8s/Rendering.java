package afterword.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** What one folder of k8s/ becomes when it is applied. */
public record Rendering(String folder, List<Manifest> manifests) {
  private static final Path K8S = Path.of("k8s");
  private static final Map<String, String> FOLDER_TO_TEXT = new ConcurrentHashMap<>();

  /** Overlays, the base, the migration, and each component on top of the latter two. */
  static List<Rendering> all() {
    var all = new ArrayList<Rendering>();
    all.add(of("k8s/base"));
    all.add(of("k8s/migrate"));
    for (Path overlay : folders("overlays")) all.add(of(overlay.toString()));
    for (Path component : folders("components")) all.add(ofComponent(component));
    return all;
  }

  /** A fresh one each time: a test may spoil it. */
  public static Rendering of(String folder) {
    String text = FOLDER_TO_TEXT.computeIfAbsent(folder, Rendering::kustomize);
    var manifests = new ArrayList<Manifest>();
    new Yaml().loadAll(text).forEach(one -> manifests.add(new Manifest(Manifest.map(one))));
    return new Rendering(folder, manifests);
  }

  List<Manifest> of(Kind kind) {
    return manifests.stream().filter(m -> kind.words.contains(m.kind())).toList();
  }

  public Optional<Manifest> find(String kind, String name) {
    return manifests.stream()
        .filter(m -> m.kind().equals(kind) && m.name().equals(name))
        .findFirst();
  }

  /** What makes pods of ours. */
  List<Manifest> workloads() {
    return of(Kind.WORKLOAD);
  }

  enum Kind {
    WORKLOAD("Deployment", "StatefulSet", "Job"),
    CONFIG_MAP("ConfigMap"),
    SERVICE("Service"),
    NETWORK_POLICY("NetworkPolicy");

    private final List<String> words;

    Kind(String... words) {
      this.words = List.of(words);
    }
  }

  @Override
  public String toString() {
    return folder;
  }

  private static Rendering ofComponent(Path component) {
    try {
      Path folder = Path.of("target/k8s").resolve(component.getFileName());
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("kustomization.yaml"),
          "resources: [../../../k8s/base, ../../../k8s/migrate]\ncomponents: [../../../%s]\n"
              .formatted(component));
      return of(folder.toString());
    } catch (IOException unwritable) {
      throw new AssertionError(unwritable);
    }
  }

  private static List<Path> folders(String kind) {
    try (Stream<Path> found = Files.list(K8S.resolve(kind))) {
      return found.filter(Files::isDirectory).sorted().toList();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static String kustomize(String folder) {
    try {
      Process kubectl =
          new ProcessBuilder("kubectl", "kustomize", folder).redirectErrorStream(true).start();
      String text = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, kubectl.waitFor(), text);
      return text;
    } catch (IOException missing) {
      return abort("kubectl is not installed: the Kubernetes files were not rendered");
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }
}
