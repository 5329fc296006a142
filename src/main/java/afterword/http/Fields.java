package afterword.http;

import afterword.model.FailureException;
import afterword.model.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of a JSON object, asked for by name. Everything wrong is collected: call {@link
 * #finish} at the end, which also refuses members that nobody asked for.
 */
public final class Fields {
  private final Map<String, ?> members;
  private final String place;
  private final List<FieldError> errors;
  private final Set<String> asked = new HashSet<>();
  private final List<Fields> inner = new ArrayList<>();

  public Fields(Map<String, ?> members) {
    this(members, "", new ArrayList<>());
  }

  private Fields(Map<String, ?> members, String place, List<FieldError> errors) {
    this.members = members;
    this.place = place;
    this.errors = errors;
  }

  /** A text of at most {@code longest} code points; empty where absent or null. */
  public Optional<String> text(String name, int longest) {
    Object value = member(name);
    if (value == null) return Optional.empty();
    if (!(value instanceof String text)) return wrongType(name, "Send a text.");
    if (text.codePointCount(0, text.length()) <= longest) return Optional.of(text);
    wrong(name, "too-long", "Keep it within " + longest + " characters.");
    return Optional.empty();
  }

  /** A text that must be there and hold more than white space; "" where it is wrong. */
  public String requiredText(String name, int longest) {
    int before = errors.size();
    Optional<String> text = text(name, longest).filter(t -> !t.isBlank());
    if (text.isEmpty() && errors.size() == before) wrong(name, "required", "This is required.");
    return text.orElse("");
  }

  public Optional<Long> integer(String name, long least, long most) {
    Object value = member(name);
    if (value == null) return Optional.empty();
    if (!(value instanceof Long number)) return wrongType(name, "Send a whole number.");
    if (number >= least && number <= most) return Optional.of(number);
    wrong(name, "out-of-range", "Send a number from " + least + " to " + most + ".");
    return Optional.empty();
  }

  public Optional<Boolean> flag(String name) {
    Object value = member(name);
    if (value == null) return Optional.empty();
    return value instanceof Boolean flag
        ? Optional.of(flag)
        : wrongType(name, "Send true or false.");
  }

  /** The members of an object inside; absent and null are an empty object. */
  @SuppressWarnings("unchecked")
  public Fields object(String name) {
    Object value = member(name);
    if (value != null && !(value instanceof Map)) wrong(name, "wrong-type", "Send an object.");
    return inside(value instanceof Map ? (Map<String, ?>) value : Map.of(), name);
  }

  /** The objects of a list, {@code most} of them at the most. */
  @SuppressWarnings("unchecked")
  public List<Fields> objects(String name, int most) {
    var found = new ArrayList<Fields>();
    List<?> list = list(name, most);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Map<?, ?> object) {
        found.add(inside((Map<String, ?>) object, name + "/" + i));
      } else {
        wrong(name + "/" + i, "wrong-type", "Send an object.");
      }
    }
    return found;
  }

  /** The texts of a list. */
  public List<String> texts(String name, int most, int longest) {
    var found = new ArrayList<String>();
    List<?> list = list(name, most);
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof String text)) {
        wrong(name + "/" + i, "wrong-type", "Send a text.");
      } else if (text.codePointCount(0, text.length()) > longest) {
        wrong(name + "/" + i, "too-long", "Keep it within " + longest + " characters.");
      } else {
        found.add(text);
      }
    }
    return found;
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** Whether something has been found wrong with a member already. */
  public boolean isWrong(String name) {
    return errors.stream().anyMatch(error -> error.pointer().equals(place + "/" + name));
  }

  /** Notes that something is wrong with a member. */
  public void wrong(String name, String code, String detail) {
    errors.add(new FieldError(place + "/" + name, code, detail));
  }

  /** Says that members may be there, without reading them. */
  public Fields allow(String... names) {
    asked.addAll(List.of(names));
    return this;
  }

  /** Fails with everything that was wrong, unknown members included. */
  public void finish() {
    refuseUnknown();
    if (!errors.isEmpty()) throw FailureException.invalid(List.copyOf(errors));
  }

  private void refuseUnknown() {
    for (String name : members.keySet()) {
      if (!asked.contains(name)) wrong(name, "unknown", "There is no such field.");
    }
    inner.forEach(Fields::refuseUnknown);
  }

  private Fields inside(Map<String, ?> object, String name) {
    var fields = new Fields(object, place + "/" + name, errors);
    inner.add(fields);
    return fields;
  }

  private List<?> list(String name, int most) {
    Object value = member(name);
    if (value == null) return List.of();
    if (!(value instanceof List<?> list)) {
      wrong(name, "wrong-type", "Send a list.");
      return List.of();
    }
    if (list.size() <= most) return list;
    wrong(name, "too-many", "Send at most " + most + ".");
    return List.of();
  }

  private <T> Optional<T> wrongType(String name, String detail) {
    wrong(name, "wrong-type", detail);
    return Optional.empty();
  }

  private Object member(String name) {
    asked.add(name);
    return members.get(name);
  }
}
