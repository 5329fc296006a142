import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Packs the widget's modules into few small files: {@code java PackWidget.java ESBUILD SOURCES TARGET}.
 *
 * <p>What is loaded together becomes one file. The files are written under their own names, and once more
 * into a folder named by the hash of them all, which may be kept for ever; the loader asks for that one.
 * Without this step the plain modules are served as they are.
 */
final class PackWidget {
  /** The modules that are loaded at a moment of their own. They import each other, the rest is packed in. */
  private static final List<String> MOMENTS =
      List.of(
          "reading", "writing", "own", "actions", "tools", "troubles", "proof", "languages", "live", "code", "debug");

  /** A style sheet inside a module: nothing else takes the white space out of a text. */
  private static final Pattern STYLES = Pattern.compile("(?s)`\\n(.*)`");

  /** Starts a script on its own tag, whatever the page calls "currentScript". */
  private static final String OWN_TAG =
      "start(Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript').get.call(document));";

  private final String esbuild;
  private final Path sources;
  private final Path target;

  private PackWidget(String esbuild, Path sources, Path target) {
    this.esbuild = esbuild;
    this.sources = sources;
    this.target = target;
  }

  public static void main(String[] args) throws Exception {
    Path esbuild = Path.of(args[0]).toAbsolutePath();
    esbuild.toFile().setExecutable(true);
    Path target = Path.of(args[2]).toAbsolutePath();
    Path sources = Files.createTempDirectory(target, "sources");
    copy(Path.of(args[1]), sources);
    try {
      new PackWidget(esbuild.toString(), sources, target).pack();
    } finally {
      delete(sources);
    }
  }

  private void pack() throws Exception {
    for (Path styles : list(sources.resolve("v1"), "*-styles.js")) Files.writeString(styles, squeezed(styles));
    Path packed = sources.resolve("packed");
    for (String moment : MOMENTS) packMoment(moment, packed);
    for (Path words : list(sources.resolve("v1/i18n"), "*.js")) {
      esbuild("--minify", words.toString(), "--outfile=" + packed.resolve("i18n/" + words.getFileName()));
    }
    for (Path old : list(target.resolve("v1"), "????????????")) if (Files.isDirectory(old)) delete(old);
    String folder = "v1/" + hash(packed) + "/";
    copy(packed, target.resolve("v1"));
    copy(packed, target.resolve(folder));
    packTag("v1", "loader", "import { ownTag, start } from '%s'; start(ownTag());", folder);
    packTag("v1/count", "counting", "import { start } from '%s'; " + OWN_TAG, folder);
  }

  private void packMoment(String moment, Path packed) throws Exception {
    var options = new ArrayList<>(List.of("--bundle", "--minify", "--format=esm", "v1/" + moment + ".js"));
    for (String other : MOMENTS) if (!other.equals(moment)) options.add("--external:./" + other + ".js");
    options.add("--outfile=" + packed.resolve(moment + ".js"));
    esbuild(options.toArray(String[]::new));
  }

  /** The scripts that pages name in a tag: they know the folder of the rest. */
  private void packTag(String name, String module, String call, String folder) throws Exception {
    Path entry = sources.resolve("entry.mjs");
    Files.writeString(entry, call.formatted("./v1/" + module + ".js"));
    esbuild(
        "--bundle", "--minify", "--format=iife", "--define:AFTERWORD_MODULES=\"" + folder + '"',
        entry.toString(), "--outfile=" + target.resolve(name + ".js"), "--allow-overwrite");
  }

  private void esbuild(String... options) throws Exception {
    var command = new ArrayList<>(List.of(esbuild, "--charset=utf8", "--target=es2022", "--log-level=warning"));
    command.addAll(List.of(options));
    int status = new ProcessBuilder(command).directory(sources.toFile()).inheritIO().start().waitFor();
    if (status != 0) throw new IOException("esbuild failed: " + command);
  }

  private String squeezed(Path styles) throws Exception {
    Matcher found = STYLES.matcher(Files.readString(styles));
    if (!found.find()) throw new IOException("no style sheet in " + styles);
    Path sheet = Files.writeString(sources.resolve("sheet.css"), found.group(1));
    esbuild("--minify", sheet.toString(), "--outfile=" + sheet, "--allow-overwrite");
    String css = Files.readString(sheet).strip();
    Files.delete(sheet);
    return found.replaceFirst(Matcher.quoteReplacement('`' + css.replace("\\", "\\\\") + '`'));
  }

  private static String hash(Path folder) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(folder.relativize(file).toString().getBytes());
        digest.update(Files.readAllBytes(file));
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
  }

  private static List<Path> list(Path folder, String glob) throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    try (var found = Files.newDirectoryStream(folder, glob)) {
      var paths = new ArrayList<Path>();
      found.forEach(paths::add);
      return paths;
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) Files.createDirectories(copy);
        else Files.write(copy, Files.readAllBytes(path));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }
}
