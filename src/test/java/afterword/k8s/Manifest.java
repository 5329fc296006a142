package afterword.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One rendered object of a cluster. */
public record Manifest(Map<String, Object> content) {
  public String kind() {
    return text("kind");
  }

  String name() {
    return text("metadata.name");
  }

  String apiVersion() {
    return text("apiVersion");
  }

  /** As people name it: "Deployment afterword". */
  @Override
  public String toString() {
    return kind() + " " + name();
  }

  /** The value under names joined by dots, null if there is none. */
  public Object at(String path) {
    return at(content, path);
  }

  String text(String path) {
    return String.valueOf(at(path));
  }

  public List<Map<String, Object>> list(String path) {
    return list(at(path));
  }

  public Map<String, Object> map(String path) {
    return map(at(path));
  }

  /** The pod that this object makes, empty if it makes none. */
  public Map<String, Object> pod() {
    return map("spec.template.spec");
  }

  public Map<String, Object> podLabels() {
    return map("spec.template.metadata.labels");
  }

  public List<Map<String, Object>> containers() {
    var all = new ArrayList<>(list(pod().get("containers")));
    all.addAll(list(pod().get("initContainers")));
    return all;
  }

  public static Object at(Object from, String path) {
    Object value = from;
    for (String name : path.split("\\.")) value = map(value).get(name);
    return value;
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> list(Object value) {
    return value instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
  }

  /** Every value in it that stands under this name, at any depth. */
  Stream<Object> everywhere(String name) {
    return everywhere(content, name);
  }

  private static Stream<Object> everywhere(Object value, String name) {
    if (value instanceof List<?> list) return list.stream().flatMap(v -> everywhere(v, name));
    return map(value).entrySet().stream()
        .flatMap(
            entry ->
                Stream.concat(
                    entry.getKey().equals(name) ? Stream.of(entry.getValue()) : Stream.empty(),
                    everywhere(entry.getValue(), name)));
  }
}
