package afterword.rehearse;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The program as a command, on the class path of whoever asks. */
public final class Product {
  /** Those of the image, but for the compiler: a run is too short for the better one. */
  private static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-Xmx128m", "-XX:TieredStopAtLevel=1");

  private Product() {}

  public static List<String> command(List<String> arguments) {
    return command(List.of(), List.of(), arguments);
  }

  /**
   * @param options of Java, more than the usual ones
   * @param before folders of classes that come before the product's own
   */
  public static List<String> command(
      List<String> options, List<Path> before, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(before), "afterword.Main"));
    command.addAll(arguments);
    return command;
  }

  /** Without the jar of the tests' runner, which names all the others once more. */
  public static String classPath(List<Path> before) {
    var entries = new ArrayList<String>();
    before.forEach(folder -> entries.add(folder.toAbsolutePath().toString()));
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("surefirebooter"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .forEach(entries::add);
    return entries.stream().collect(Collectors.joining(File.pathSeparator));
  }
}
