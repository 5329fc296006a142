package afterword.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Reads the sources of settings one over the other and gathers what is wrong with them. */
final class ConfigReader {
  private static final String FILE_TWIN = "_FILE";
  private static final String CONFIG = "AFTERWORD_CONFIG";

  private final Map<String, String> env;
  private final Map<Setting, String> values = new EnumMap<>(Setting.class);
  private final Map<String, String> telemetry = new TreeMap<>();
  private final Map<Setting, Path> settingToFile = new EnumMap<>(Setting.class);
  private final List<String> mistakes = new ArrayList<>();

  ConfigReader(Map<String, String> env) {
    this.env = env;
  }

  Config read(List<String> args) {
    var flags = new EnumMap<Setting, String>(Setting.class);
    Optional<String> file = readFlags(args, flags).or(() -> Optional.ofNullable(env.get(CONFIG)));
    file.ifPresent(this::readFile);
    readNamed(env, "");
    flags.forEach((setting, value) -> take(setting, value, setting.flag().orElseThrow()));
    requireSecret();
    requireProvider();
    requireSender();
    if (!mistakes.isEmpty()) throw new ConfigException(mistakes);
    return new Config(values, telemetry, settingToFile);
  }

  /** Gives the value of --config. */
  private Optional<String> readFlags(List<String> args, Map<Setting, String> flags) {
    Optional<String> file = Optional.empty();
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String arg = rest.next();
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      Optional<Setting> setting = byFlag(name);
      if (setting.isEmpty() && !name.equals("--config")) {
        mistakes.add(
            arg.startsWith("-")
                ? unknown(name, flagNames())
                : "\"" + arg + "\" is not understood here");
        continue;
      }
      boolean isSwitch = setting.map(Setting::isSwitch).orElse(false);
      String value =
          equals >= 0
              ? arg.substring(equals + 1)
              : isSwitch ? "true" : rest.hasNext() ? rest.next() : null;
      if (value == null) {
        mistakes.add(name + " needs a value");
      } else if (setting.isPresent()) {
        flags.put(setting.get(), value);
      } else {
        file = Optional.of(value);
      }
    }
    return file;
  }

  private void readFile(String name) {
    var lines = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(name))) {
      lines.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      mistakes.add("The configuration file " + name + " cannot be read");
      return;
    }
    var named = new TreeMap<String, String>();
    lines.stringPropertyNames().forEach(line -> named.put(line, lines.getProperty(line).strip()));
    named.keySet().stream()
        .filter(
            line ->
                bySettingOrTwin(line).isEmpty()
                    && !line.startsWith("OTEL_")
                    && !line.startsWith("AFTERWORD_"))
        .forEach(line -> mistakes.add(unknown(line, settingNames()) + " (in " + name + ")"));
    readNamed(named, " (in " + name + ")");
  }

  private void readNamed(Map<String, String> source, String where) {
    for (Setting setting : Setting.values()) {
      String value = source.get(setting.name());
      String file = source.get(setting.name() + FILE_TWIN);
      if (value != null && file != null) {
        mistakes.add("Give " + setting + " or " + setting + FILE_TWIN + ", not both" + where);
      } else if (file != null) {
        readTwin(setting, file);
      } else if (value != null) {
        take(setting, value, setting + where);
      }
    }
    new TreeMap<>(source)
        .forEach(
            (name, value) -> {
              if (name.startsWith("OTEL_")) telemetry.put(name, value);
              if (isUnknown(name)) mistakes.add(unknown(name, settingNames()) + where);
            });
  }

  private void readTwin(Setting setting, String file) {
    try {
      take(setting, Files.readString(Path.of(file)).strip(), setting + " (in " + file + ")");
      settingToFile.put(setting, Path.of(file));
    } catch (IOException | IllegalArgumentException unreadable) {
      mistakes.add(setting + FILE_TWIN + " names " + file + ", which cannot be read");
    }
  }

  private void take(Setting setting, String value, String where) {
    setting
        .wrongWith(value)
        .ifPresentOrElse(
            wrong -> mistakes.add(where + " " + wrong),
            () -> {
              values.put(setting, value);
              settingToFile.remove(setting);
            });
  }

  private void requireProvider() {
    if (!values.containsKey(Setting.AFTERWORD_OIDC_ISSUER)) return;
    for (Setting needed : List.of(Setting.AFTERWORD_OIDC_CLIENT_ID, Setting.AFTERWORD_OIDC_ROLES)) {
      boolean told = mistakes.stream().anyMatch(line -> line.startsWith(needed.name()));
      if (values.getOrDefault(needed, "").isBlank() && !told)
        mistakes.add(needed + " is needed with " + Setting.AFTERWORD_OIDC_ISSUER);
    }
  }

  private void requireSender() {
    boolean told =
        mistakes.stream().anyMatch(line -> line.startsWith(Setting.AFTERWORD_MAIL_FROM.name()));
    if (values.containsKey(Setting.AFTERWORD_SMTP_HOST)
        && !values.containsKey(Setting.AFTERWORD_MAIL_FROM)
        && !told)
      mistakes.add(Setting.AFTERWORD_MAIL_FROM + " is needed with " + Setting.AFTERWORD_SMTP_HOST);
  }

  private void requireSecret() {
    boolean told =
        mistakes.stream().anyMatch(line -> line.startsWith(Setting.AFTERWORD_SECRET.name()));
    if (values.containsKey(Setting.DATABASE_URL)
        && !values.containsKey(Setting.AFTERWORD_SECRET)
        && !told) {
      mistakes.add(
          Setting.AFTERWORD_SECRET
              + " is needed with DATABASE_URL; make one with: head -c 32 /dev/urandom | base64");
    }
  }

  /** Kubernetes puts names of its own for a Service called "afterword" into every environment. */
  private static boolean isUnknown(String name) {
    return name.startsWith("AFTERWORD_")
        && !name.equals(CONFIG)
        && bySettingOrTwin(name).isEmpty()
        && !name.equals("AFTERWORD_PORT")
        && !name.startsWith("AFTERWORD_PORT_")
        && !name.startsWith("AFTERWORD_SERVICE_");
  }

  private static Optional<Setting> bySettingOrTwin(String name) {
    return Arrays.stream(Setting.values())
        .filter(setting -> name.equals(setting.name()) || name.equals(setting.name() + FILE_TWIN))
        .findFirst();
  }

  private static Optional<Setting> byFlag(String name) {
    return Arrays.stream(Setting.values())
        .filter(s -> s.flag().filter(name::equals).isPresent())
        .findFirst();
  }

  private static List<String> settingNames() {
    return Arrays.stream(Setting.values()).map(Setting::name).toList();
  }

  private static List<String> flagNames() {
    return Arrays.stream(Setting.values()).flatMap(setting -> setting.flag().stream()).toList();
  }

  private static String unknown(String name, List<String> known) {
    return Nearest.to(name, known)
        .map(nearest -> name + " is not known; did you mean " + nearest + "?")
        .orElse(name + " is not known");
  }
}
