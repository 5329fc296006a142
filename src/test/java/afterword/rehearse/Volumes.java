package afterword.rehearse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * Secrets as a kubelet lays them out: the files are links through {@code ..data}, which is turned
 * to a new folder in one step, so that a reader meets the old or the new and never half of one.
 */
final class Volumes {
  private final Path home;
  private final int group;
  private final Map<String, Integer> secretToVersion = new HashMap<>();

  /**
   * @param group that may read them, as fsGroup says
   */
  Volumes(Path home, int group) {
    this.home = home;
    this.group = group;
  }

  Path folder(String secret) {
    return home.resolve(secret);
  }

  void write(String secret, String key, String content) throws IOException {
    Path folder = Files.createDirectories(folder(secret));
    String version = "..version-" + secretToVersion.merge(secret, 1, Integer::sum);
    Path file = Files.createDirectory(folder.resolve(version)).resolve(key);
    Files.writeString(file, content + "\n");
    readable(file);
    Path turned = folder.resolve("..data_tmp");
    Files.createSymbolicLink(turned, Path.of(version));
    Files.move(turned, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    if (!Files.exists(folder.resolve(key)))
      Files.createSymbolicLink(folder.resolve(key), Path.of("..data", key));
  }

  /** The path of a secret's file on this machine. */
  Path file(String secret, String key) {
    return folder(secret).resolve(key);
  }

  private void readable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    if (System.getProperty("user.name").equals("root")) Files.setAttribute(file, "unix:gid", group);
  }
}
