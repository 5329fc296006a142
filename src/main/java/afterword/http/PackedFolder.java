package afterword.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a folder in the class path, be that a folder or a jar. */
final class PackedFolder {
  private PackedFolder() {}

  /**
   * Relative name, with "/", to bytes; empty where there is no such folder. Dot files are left out.
   */
  static Map<String, byte[]> read(String folder) {
    URL url = PackedFolder.class.getClassLoader().getResource(folder);
    if (url == null) return Map.of();
    try {
      return url.getProtocol().equals("jar")
          ? fromJar(url.toURI(), folder)
          : from(Path.of(url.toURI()));
    } catch (IOException | URISyntaxException broken) {
      throw new IllegalStateException("cannot read " + folder + " from the program", broken);
    }
  }

  private static Map<String, byte[]> fromJar(URI uri, String folder) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(URI.create(jarOf(uri))), Map.of())) {
      return from(jar.getPath(folder));
    }
  }

  /** "file:/…/x.jar" of "jar:file:/…/x.jar!/web". */
  private static String jarOf(URI uri) {
    String text = uri.getRawSchemeSpecificPart();
    return text.substring(0, text.indexOf('!'));
  }

  private static Map<String, byte[]> from(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    var nameToBytes = new TreeMap<String, byte[]>();
    for (Path file : files) {
      String name = root.relativize(file).toString().replace('\\', '/');
      if (!name.startsWith(".") && !name.contains("/."))
        nameToBytes.put(name, Files.readAllBytes(file));
    }
    return nameToBytes;
  }
}
