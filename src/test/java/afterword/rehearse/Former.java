package afterword.rehearse;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * This program as it was before the schema's last step: what runs beside it while that step is
 * rolled out. Compiled from the repository's history, on the libraries of now.
 */
record Former(String commit, Path classes) {
  /**
   * Empty where there is no history.
   *
   * @param folder an empty one
   */
  static Optional<Former> find(Path folder) throws IOException, InterruptedException {
    String step = git("log", "-1", "--diff-filter=A", "--format=%h", "--", "migrations");
    String commit = step.isEmpty() ? "" : git("rev-parse", "--verify", "-q", "--short", step + "^");
    if (commit.isEmpty()) return Optional.empty();
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Path tar = folder.resolve("sources.tar");
    git(
        "archive",
        "-o",
        tar.toString(),
        commit,
        "src/main/java",
        "src/main/resources",
        "migrations");
    run(List.of("tar", "-xf", tar.toString(), "-C", sources.toString()));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    compile(sources.resolve("src/main/java"), classes);
    Program.copyAll(Path.of("target/classes/web"), classes.resolve("web"));
    Program.copyAll(sources.resolve("src/main/resources"), classes);
    Program.copyAll(sources.resolve("migrations"), classes.resolve("migrations"));
    return Optional.of(new Former(commit, classes));
  }

  private static void compile(Path sources, Path classes) throws IOException {
    var said = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        Stream<Path> all = Files.walk(sources)) {
      List<Path> java = all.filter(file -> file.toString().endsWith(".java")).toList();
      List<String> options =
          List.of("--release", "17", "-nowarn", "-proc:none", "-d", classes.toString());
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
              .call();
      if (!compiled) throw new IllegalStateException("the former does not compile: " + said);
    }
  }

  private static String git(String... words) throws IOException, InterruptedException {
    return run(Stream.concat(Stream.of("git"), Stream.of(words)).toList());
  }

  /** What it said; nothing where it failed. */
  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? said.strip() : "";
  }
}
