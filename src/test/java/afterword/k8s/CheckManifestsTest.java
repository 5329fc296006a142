package afterword.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an operator is told of an overlay before it is applied. */
class CheckManifestsTest {
  private static final String COPY =
      """
      resources: [../../../k8s/overlays/production]
      images:
        - {name: afterword, newName: registry.invalid/afterword, digest: 'sha256:%s'}
      patches:
        - target: {kind: HTTPRoute, name: afterword}
          patch: |
            - {op: replace, path: /spec/hostnames/0, value: comments.invalid}
        - target: {kind: ConfigMap, name: afterword}
          patch: |
            - {op: replace, path: /data/PUBLIC_BASE_URL, value: https://comments.invalid}
      """;

  @Test
  void the_production_overlay_says_what_is_to_be_filled_in() {
    Set<String> faults =
        CheckManifests.faults(Rendering.of("k8s/overlays/production")).stream()
            .map(fault -> fault.replaceAll("(ConfigMap afterword)-[a-z0-9]+", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));

    String overlay = "k8s/overlays/production: ";
    String digest =
        " has an image whose digest was not filled in: afterword@sha256:" + "0".repeat(64);
    assertEquals(
        Set.of(
            overlay + "Deployment afterword" + digest,
            overlay + "Job afterword-migrate-0-1-0" + digest,
            overlay + "ConfigMap afterword names an example: comments.example",
            overlay + "HTTPRoute afterword names an example: comments.example"),
        faults);
  }

  @Test
  void nothing_is_said_against_a_copy_that_is_filled_in() throws IOException {
    assertEquals(List.of(), CheckManifests.faults(copy("filled-in", "1f".repeat(32))));
  }

  @Test
  void a_copy_whose_digest_was_forgotten_is_told() throws IOException {
    List<String> faults = CheckManifests.faults(copy("forgotten", "0".repeat(64)));

    assertEquals(2, faults.size(), faults::toString);
    assertTrue(faults.get(0).contains("registry.invalid/afterword@sha256:000"), faults::toString);
  }

  private static Rendering copy(String name, String digest) throws IOException {
    Path folder = Files.createDirectories(Path.of("target/k8s", name));
    Files.writeString(folder.resolve("kustomization.yaml"), COPY.formatted(digest));
    return Rendering.of(folder.toString());
  }
}
