package afterword.cli;

import afterword.config.Config;
import afterword.config.ConfigException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What follows a command's name. Whatever the command does not take is a setting. */
final class Arguments {
  private final List<String> rest;

  Arguments(List<String> words) {
    this.rest = new ArrayList<>(words);
  }

  /** The first word that is neither a flag nor behind one. */
  Optional<String> word() {
    if (rest.isEmpty() || rest.get(0).startsWith("-")) return Optional.empty();
    return Optional.of(rest.remove(0));
  }

  String word(String what) {
    return word()
        .orElseThrow(() -> new ConfigException("Say which " + what + ", right after the command"));
  }

  Optional<String> option(String name) {
    List<String> values = options(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  /** A flag that may be given several times. */
  List<String> options(String name) {
    var values = new ArrayList<String>();
    for (Iterator<String> words = rest.iterator(); words.hasNext(); ) {
      String word = words.next();
      if (word.startsWith(name + "=")) {
        values.add(word.substring(name.length() + 1));
        words.remove();
      } else if (word.equals(name)) {
        words.remove();
        if (!words.hasNext()) throw new ConfigException(name + " needs a value");
        values.add(words.next());
        words.remove();
      }
    }
    return values;
  }

  boolean has(String flag) {
    return rest.removeIf(flag::equals);
  }

  Config config(Map<String, String> env) {
    return Config.load(rest, env);
  }
}
