package afterword.k8s;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code bin/check-manifests FOLDER...}: renders an operator's own overlay, and says which policy
 * it breaks and what of it is still an example of ours. Ends with 0 where there is nothing to say,
 * else with 1, and with 2 where it is asked wrongly.
 */
public final class CheckManifests {
  private CheckManifests() {}

  public static void main(String[] folders) {
    List<String> missing =
        Arrays.stream(folders)
            .filter(folder -> !Files.exists(Path.of(folder, "kustomization.yaml")))
            .toList();
    if (folders.length == 0 || !missing.isEmpty()) {
      System.err.println("usage: bin/check-manifests FOLDER..., each with a kustomization.yaml");
      missing.forEach(folder -> System.err.println("There is none in " + folder));
      System.exit(2);
    }
    List<String> faults =
        Arrays.stream(folders).flatMap(folder -> faults(Rendering.of(folder)).stream()).toList();
    faults.forEach(System.out::println);
    if (faults.isEmpty()) System.out.println("Nothing to say against it.");
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  static List<String> faults(Rendering rendering) {
    return Stream.concat(
            Arrays.stream(Policy.values()).flatMap(policy -> policy.breaks(rendering).stream()),
            Placeholders.in(rendering).stream())
        .map(fault -> rendering + ": " + fault)
        .toList();
  }
}
