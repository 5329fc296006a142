package afterword.rehearse;

import afterword.config.DataFolder;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The classes of the product that a patch changes, compiled from a changed copy of their sources.
 * They go before the product's own on a class path, so the product holds no switch to break it.
 */
public record Patched(Path folder) implements AutoCloseable {
  private static final Pattern TOUCHED = Pattern.compile("(?m)^\\+\\+\\+ b/(\\S+)");

  /**
   * A change kept in the repository.
   *
   * @param what the first line of its file
   * @param tests that find it: classes, or class#method
   */
  public record Patch(String name, Path file, String what, List<String> tests) {}

  /** Those of that folder below src/test/faults, by name. */
  public static List<Patch> all(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/faults", folder))) {
      return files.sorted().map(Patched::read).toList();
    }
  }

  public static Patch named(String folder, String name) throws IOException {
    return all(folder).stream()
        .filter(patch -> patch.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Patch read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      List<String> tests =
          lines.stream()
              .filter(line -> line.startsWith("Found by: "))
              .flatMap(line -> Arrays.stream(line.substring("Found by: ".length()).split(" ")))
              .toList();
      String name = file.getFileName().toString().replace(".patch", "");
      return new Patch(name, file, lines.get(0), tests);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  /**
   * @throws IllegalStateException where it does not apply or compile any more
   */
  public static Patched of(Patch patch) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("patched");
    Path sources = Files.createDirectory(folder.resolve("sources"));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    List<String> touched =
        TOUCHED
            .matcher(Files.readString(patch.file()))
            .results()
            .map(found -> found.group(1))
            .toList();
    for (String name : touched) {
      Path copy = sources.resolve(name);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(name), copy);
    }
    apply(patch, sources);
    var said = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "--release",
                      "17",
                      "-nowarn",
                      "-proc:none",
                      "-d",
                      classes.toString(),
                      "-cp",
                      Product.classPath(List.of())),
                  null,
                  files.getJavaFileObjectsFromPaths(
                      touched.stream().map(sources::resolve).toList()))
              .call();
      if (!compiled) throw new IllegalStateException(patch.file() + " does not compile: " + said);
    }
    return new Patched(folder);
  }

  /** Outside of any repository, or git would take the names for those of its own. */
  private static void apply(Patch patch, Path sources) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder("git", "apply", "-p1", patch.file().toAbsolutePath().toString())
            .directory(sources.toFile())
            .redirectErrorStream(true);
    builder.environment().put("GIT_CEILING_DIRECTORIES", sources.getParent().toString());
    Process git = builder.start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() != 0)
      throw new IllegalStateException(patch.file() + " does not apply: " + said);
  }

  public Path classes() {
    return folder.resolve("classes");
  }

  @Override
  public void close() throws IOException {
    DataFolder.remove(folder);
  }
}
