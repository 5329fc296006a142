package afterword.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What one installation keeps on this machine: the embedded database and what is made once. One
 * process at a time, by a lock. An ephemeral one is a folder inside, removed when it is closed.
 */
public final class DataFolder implements AutoCloseable {
  private static final String EPHEMERAL = "ephemeral-";
  private static final int TRIES = 20;

  private final Path home;
  private final Path path;
  private final FolderLock lock;

  private DataFolder(Path home, Path path, FolderLock lock) {
    this.home = home;
    this.path = path;
    this.lock = lock;
  }

  /**
   * @throws ConfigException if it cannot be written or another process has it
   */
  public static DataFolder open(Config config) {
    return config.ephemeral() ? ephemeral(config.dataDir()) : at(config.dataDir());
  }

  public static DataFolder at(Path path) {
    try {
      makeFolder(path);
      FolderLock lock =
          FolderLock.take(path)
              .orElseThrow(
                  () ->
                      new ConfigException(
                          "The data folder "
                              + path
                              + " is in use by another Afterword: stop that one, or choose"
                              + " another folder with --data-dir"));
      return new DataFolder(path, path, lock);
    } catch (IOException | UncheckedIOException | SecurityException unwritable) {
      throw notWritable(path);
    }
  }

  public static DataFolder ephemeral(Path home) {
    try {
      makeFolder(home);
      for (int i = 1; i < TRIES; i++) {
        Optional<DataFolder> made = tryEphemeral(home);
        if (made.isPresent()) return made.get();
      }
      return tryEphemeral(home).orElseThrow(() -> notWritable(home));
    } catch (IOException | SecurityException unwritable) {
      throw notWritable(home);
    }
  }

  /** Empty where somebody took it for abandoned before it had its lock. */
  private static Optional<DataFolder> tryEphemeral(Path home) throws IOException {
    Path path =
        Files.createTempDirectory(
            home,
            EPHEMERAL,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    try {
      return FolderLock.take(path).map(lock -> new DataFolder(home, path, lock));
    } catch (NoSuchFileException removed) {
      return Optional.empty();
    }
  }

  public Path path() {
    return path;
  }

  /** Where unpacked programs may stay, shared by ephemeral folders. */
  public Path programs() {
    return home.resolve("postgres");
  }

  public boolean isEphemeral() {
    return !home.equals(path);
  }

  /** The installation's secret, made on first use. */
  public String secret() {
    return keep("secret", DataFolder::randomText);
  }

  /** What the file of that name holds; made on first use, readable by its owner alone. */
  public String keep(String name, Supplier<String> make) {
    if (find(name).isEmpty()) write(name, make.get());
    return find(name).orElseThrow();
  }

  /** What the file of that name holds, if it is there. */
  public Optional<String> find(String name) {
    Path file = path.resolve(name);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException unreadable) {
      throw new ConfigException(file + " cannot be read: give it to the user who runs Afterword");
    }
  }

  /** Replaces what the file of that name holds. */
  public void write(String name, String text) {
    Path file = path.resolve(name);
    Path fresh = path.resolve(name + ".new");
    try {
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, text + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new ConfigException(file + " cannot be written");
    }
  }

  /** 256 random bits, in characters that need no quoting anywhere. */
  public static String randomText() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Removes ephemeral folders whose process was killed before it could remove them. Nobody else
   * gets one meanwhile.
   *
   * @param first is given each of them, as it was left
   */
  public void removeAbandoned(Consumer<Path> first) {
    for (Path entry : ephemeralOnes()) {
      try (FolderLock lock = FolderLock.take(entry).orElse(null)) {
        if (lock == null) continue;
        first.accept(entry);
        remove(entry);
      } catch (IOException | UncheckedIOException notAllOfIt) {
        // Its own process is at it, or the next start tries again.
      }
    }
  }

  private List<Path> ephemeralOnes() {
    try (Stream<Path> entries = Files.list(home)) {
      return entries.filter(e -> e.getFileName().toString().startsWith(EPHEMERAL)).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  @Override
  public void close() {
    try {
      try (lock) {
        if (isEphemeral()) remove(path);
      }
    } catch (IOException | UncheckedIOException leftover) {
      // The next start removes what is abandoned.
    }
  }

  /** Its lock goes last, so that nobody takes it for free meanwhile. */
  public static void remove(Path folder) throws IOException {
    Path lock = FolderLock.file(folder);
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList())
        if (!entry.equals(lock) && !entry.equals(folder)) Files.delete(entry);
    }
    Files.deleteIfExists(lock);
    Files.delete(folder);
  }

  private static void makeFolder(Path path) throws IOException {
    if (Files.isDirectory(path)) return;
    if (path.getParent() != null) Files.createDirectories(path.getParent());
    Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
  }

  private static ConfigException notWritable(Path path) {
    return new ConfigException(
        "The data folder " + path + " cannot be written: choose another with --data-dir");
  }
}
