package afterword.thread;

import afterword.http.Fields;
import afterword.model.FieldError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is typed into the page's form, as sent. It goes the same way as a comment in JSON, so the
 * same bounds and the same sentences apply.
 */
record PlainForm(Map<String, String> typed) {
  private static final Map<String, String> POINTER_TO_INPUT =
      Map.of(
          "/author/name", "name", "/author/email", "email", "/author/url", "url", "/body", "body");

  static PlainForm empty() {
    return new PlainForm(Map.of());
  }

  String value(String input) {
    return typed.getOrDefault(input, "");
  }

  Fields fields(long elapsedMs) {
    Map<String, Object> author = new HashMap<>();
    for (String name : List.of("name", "email", "url")) author.put(name, value(name));
    Map<String, Object> fields = new HashMap<>();
    fields.put("page", Map.of("key", value("page")));
    fields.put("author", author);
    fields.put("body", value("body"));
    fields.put("trap", value("contact"));
    fields.put("elapsedMs", elapsedMs);
    if (!value("parent").isEmpty()) fields.put("parentId", value("parent"));
    return new Fields(fields);
  }

  /**
   * What is wrong with an input; empty where nothing is, or where the error is about something
   * else.
   */
  static Optional<String> wrongWith(String input, List<FieldError> errors) {
    return errors.stream()
        .filter(error -> input.equals(POINTER_TO_INPUT.get(error.pointer())))
        .map(FieldError::detail)
        .findFirst();
  }

  static List<FieldError> others(List<FieldError> errors) {
    return errors.stream().filter(error -> !POINTER_TO_INPUT.containsKey(error.pointer())).toList();
  }
}
