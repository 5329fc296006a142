package afterword.db;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at the names of the packed migrations without waking the library that applies them. */
final class MigrationFiles {
  private static final String FOLDER = "migrations/";
  private static final Pattern NUMBERED = Pattern.compile("(?:.*/)?V(\\d+)__.*\\.sql");

  private MigrationFiles() {}

  static int newest() {
    try (Stream<String> names = names()) {
      return names
          .map(NUMBERED::matcher)
          .filter(Matcher::matches)
          .mapToInt(numbered -> Integer.parseInt(numbered.group(1)))
          .max()
          .orElseThrow(() -> new IllegalStateException("this build has no migrations"));
    } catch (IOException | URISyntaxException unreadable) {
      throw new IllegalStateException("the migrations cannot be listed", unreadable);
    }
  }

  private static Stream<String> names() throws IOException, URISyntaxException {
    URL known = MigrationFiles.class.getResource("/" + FOLDER + "afterMigrate.sql");
    if (known == null) return Stream.empty();
    if (known.openConnection() instanceof JarURLConnection jar) {
      return jar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(FOLDER));
    }
    return Files.list(Path.of(new URI(known.toString())).getParent()).map(Path::toString);
  }
}
