package afterword.browser;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A site built by the framework itself, with the recipes as docs/embed prints them. What is to be
 * built lies in src/test/frameworks; a line "RECIPE(heading, language)" stands for the first block
 * of that language below that heading.
 */
final class FrameworkBuild {
  /** What each builds: the command, and the pages that have comments. */
  static final Map<String, FrameworkBuild> ALL =
      Map.of(
          "vite", npm("vite", "react.html", "vue.html", "svelte.html"),
          "eleventy", npm("eleventy", "talks/"),
          "astro", npm("astro", "talks/"),
          "docusaurus", npm("docusaurus", "talks"),
          "hugo",
              new FrameworkBuild(
                  "hugo", List.of("hugo", "--destination", "built"), List.of("talks/")),
          "jekyll",
              new FrameworkBuild(
                  "jekyll",
                  List.of("jekyll", "build", "--destination", "built", "--quiet"),
                  List.of("2026/03/14/talks.html")));

  private static final Path SOURCES = Path.of("src/test/frameworks");
  private static final Path WIDGET = Path.of("packages/widget");
  private static final Pattern RECIPE = Pattern.compile("RECIPE\\((.+), ([\\w-]+)\\),?");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  private final String name;
  private final List<String> command;
  private final List<String> pages;

  private FrameworkBuild(String name, List<String> command, List<String> pages) {
    this.name = name;
    this.command = command;
    this.pages = pages;
  }

  private static FrameworkBuild npm(String name, String... pages) {
    return new FrameworkBuild(name, List.of("npm", "run", "--silent", "build"), List.of(pages));
  }

  List<String> pages() {
    return pages;
  }

  /** Whether what it is built with is there already. */
  boolean isReady() {
    return !isNpm() || Files.isDirectory(SOURCES.resolve(name).resolve("node_modules"));
  }

  /** Fetches what it is built with. */
  void fetch() throws Exception {
    if (!isReady())
      run(SOURCES.resolve(name), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
  }

  /**
   * Builds the site for comments at this service.
   *
   * @return the folder of the built site
   */
  Path build(String service, String site, String origin) throws Exception {
    Path folder = Path.of("target/frameworks", name).toAbsolutePath();
    clear(folder);
    copy(service, site, origin, folder);
    if (isNpm()) {
      link(SOURCES.resolve(name).resolve("node_modules"), folder.resolve("node_modules"));
      installWidget(folder.resolve("node_modules"));
    }
    run(folder, command.toArray(String[]::new));
    return folder.resolve("built");
  }

  private boolean isNpm() {
    return command.get(0).equals("npm");
  }

  private void copy(String service, String site, String origin, Path folder) throws IOException {
    Path sources = SOURCES.resolve(name);
    try (Stream<Path> paths = Files.walk(sources)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path inside = sources.relativize(path);
        if (inside.startsWith("node_modules")) continue;
        String text =
            RECIPE
                .matcher(Files.readString(path))
                .replaceAll(found -> Matcher.quoteReplacement(recipe(found)))
                .replace("https://comments.example", service)
                .replace("https://blog.example", origin)
                .replaceAll("(site['\"]?[=:] ?['\"])blog", "$1" + site);
        Files.createDirectories(folder.resolve(inside).getParent());
        Files.writeString(folder.resolve(inside), text);
      }
    }
  }

  /** The first block of the language below the heading, with the comma that a list needs. */
  private static String recipe(MatchResult asked) {
    for (String document : List.of("generators", "frameworks")) {
      String text = read(Path.of("docs/embed", document + ".md"));
      Matcher heading = HEADING.matcher(text);
      while (heading.find()) {
        if (!heading.group(1).equals(asked.group(1))) continue;
        String opening = "```" + asked.group(2) + "\n";
        int begin = text.indexOf(opening, heading.end()) + opening.length();
        String block = text.substring(begin, text.indexOf("```", begin)).strip();
        boolean wantsComma = asked.group().endsWith(",") && !block.endsWith(",");
        return wantsComma ? block + "," : block;
      }
    }
    throw new AssertionError("no recipe: " + asked.group());
  }

  private static void link(Path fetched, Path modules) throws IOException {
    Files.createDirectories(modules);
    try (Stream<Path> packages = Files.list(fetched)) {
      for (Path one : packages.toList())
        Files.createSymbolicLink(modules.resolve(one.getFileName()), one.toAbsolutePath());
    }
  }

  /** The package as npm would publish it, not as it lies here. */
  private static void installWidget(Path modules) throws Exception {
    Path target = Path.of("target/frameworks").toAbsolutePath();
    run(WIDGET, "npm", "pack", "--silent", "--pack-destination", target.toString());
    Path packed = target.resolve("afterword-widget-0.1.0.tgz");
    clear(target.resolve("package"));
    run(target, "tar", "xzf", packed.toString());
    Files.move(target.resolve("package"), modules.resolve("afterword-widget"));
  }

  private static void run(Path folder, String... command) throws Exception {
    Path said = Path.of("target/frameworks/build.log").toAbsolutePath();
    Files.createDirectories(said.getParent());
    var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    process.environment().put("ASTRO_TELEMETRY_DISABLED", "1");
    process.environment().put("CI", "true");
    Process running = process.redirectOutput(Redirect.to(said.toFile())).start();
    if (running.waitFor() == 0) return;
    throw new AssertionError(
        String.join(" ", command) + " failed in " + folder + ": " + read(said));
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList())
        Files.delete(path);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
