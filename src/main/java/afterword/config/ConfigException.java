package afterword.config;

import java.util.List;

/** Why the process cannot start: one line for people each, shown without a stack trace. */
public final class ConfigException extends RuntimeException {
  private final transient List<String> lines;

  public ConfigException(List<String> lines) {
    super(String.join("\n", lines), null, false, false);
    this.lines = List.copyOf(lines);
  }

  public ConfigException(String line) {
    this(List.of(line));
  }

  public List<String> lines() {
    return lines;
  }
}
