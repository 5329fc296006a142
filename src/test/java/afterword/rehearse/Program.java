package afterword.rehearse;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a pod runs, and what of this machine it has to see for that.
 *
 * @param words its name in what is said
 * @param app what is /app in the container
 * @param start all before the arguments, as seen in the container
 * @param folders that must be there, as "FROM=TO"
 */
record Program(String words, Path app, List<String> start, List<String> folders) {
  private static final String APP = "/app";

  private static final String CLASSES = APP + "/classes:";

  /** As in the image; half of the memory is heap. */
  private static final String OPTIONS = "-XX:+UseSerialGC -XX:MaxRAMPercentage=50";

  /** The root that bin/image made. */
  static Program ofImage(Path root) {
    return new Program(
        "the image's root " + root,
        root.resolve("app").toAbsolutePath(),
        List.of("/app/runtime/bin/java", "@/app/afterword"),
        under(root, List.of("app", "etc", "lib", "lib64", "usr")));
  }

  /**
   * This checkout as it was compiled, on the Java that runs now.
   *
   * @param app an empty folder for it: the libraries' own may be closed to other users
   */
  static Program ofCheckout(Path app) throws IOException {
    String java = System.getProperty("java.home");
    Path lib = Files.createDirectories(app.resolve("lib"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path from = Path.of(entry).toAbsolutePath();
      if (entry.endsWith(".jar") && !entry.contains("surefirebooter"))
        place(from, lib.resolve(from.getFileName()));
      else if (from.endsWith("target/classes")) copyAll(from, app.resolve("classes"));
    }
    var start = new ArrayList<>(List.of(java + "/bin/java"));
    start.addAll(List.of(OPTIONS.split(" ")));
    start.addAll(List.of("-cp", CLASSES + APP + "/lib/*", "afterword.Main"));
    var folders = under(Path.of("/"), List.of("bin", "etc", "lib", "lib64", "usr"));
    folders.add(app + "=" + APP);
    if (!java.startsWith("/usr/")) folders.add(java + "=" + java);
    return new Program("this checkout on Java " + Runtime.version().feature(), app, start, folders);
  }

  /** The same with some classes that come before its own. */
  Program patched(String name, Path classes) throws IOException {
    return with(name, classes, words + ", patched: " + name, APP + "/" + name + ":" + CLASSES);
  }

  /** The same libraries with other classes. */
  Program instead(String name, Path classes, String otherWords) throws IOException {
    return with(name, classes, otherWords, APP + "/" + name + ":");
  }

  private Program with(String name, Path classes, String otherWords, String path)
      throws IOException {
    copyAll(classes, app.resolve(name));
    List<String> changed = start.stream().map(word -> word.replace(CLASSES, path)).toList();
    return new Program(otherWords, app, changed, folders);
  }

  /** As the container sees it. */
  List<String> command(List<String> arguments) {
    var command = new ArrayList<>(start);
    command.addAll(arguments);
    return command;
  }

  /** As this machine sees it. */
  List<String> commandHere(List<String> arguments) {
    return command(arguments).stream()
        .map(word -> word.replaceAll("(^|:)" + APP + "/", "$1" + app + "/"))
        .toList();
  }

  private static void place(Path from, Path to) throws IOException {
    if (Files.exists(to)) return;
    try {
      Files.createLink(to, from);
    } catch (IOException | UnsupportedOperationException onAnotherDisk) {
      Files.copy(from, to);
    }
  }

  static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) Files.createDirectories(copy);
        else Files.copy(file, copy).toFile().setReadable(true, false);
      }
    }
  }

  private static List<String> under(Path root, List<String> names) {
    var folders = new ArrayList<String>();
    for (String name : names) {
      Path folder = root.resolve(name).toAbsolutePath();
      if (Files.exists(folder)) folders.add(real(folder) + "=/" + name);
    }
    return folders;
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
