package afterword.db;

import afterword.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who runs PostgreSQL, which refuses root and users without a name: the user we are or, for root,
 * the folder's owner, else root without its powers in a user namespace of its own, else "nobody". A
 * user without a name, as in many containers, is somebody in such a namespace too.
 */
record PostgresUser(List<String> prefix, int owner) {
  private static final int NOBODY = 65_534;

  /**
   * @param files the database's files, if there are any yet
   */
  static PostgresUser choose(Path folder, Path files, PostgresBinaries binaries)
      throws IOException {
    int self = ownerOf(folder.resolve("lock"));
    var inNamespace = new PostgresUser(List.of("unshare", "-U"), self);
    if (self != 0) {
      boolean named = !nameOf(folder.resolve("lock")).equals(Integer.toString(self));
      return !named && inNamespace.canRun(binaries)
          ? inNamespace
          : new PostgresUser(List.of(), self);
    }
    int owner = Files.exists(files) ? ownerOf(files) : 0;
    if (owner != 0) return as(owner);
    if (inNamespace.canRun(binaries)) return inNamespace;
    PostgresUser nobody = as(NOBODY);
    if (nobody.canRun(binaries)) return nobody;
    throw new ConfigException(
        "PostgreSQL does not run as root, and neither \"unshare -U\" nor an unprivileged user works here:"
            + " give DATABASE_URL, or start Afterword as an ordinary user");
  }

  List<String> command(String... command) {
    var whole = new ArrayList<>(prefix);
    whole.addAll(List.of(command));
    return whole;
  }

  /** PostgreSQL wants to own the folder of its files. */
  void give(Path files) throws IOException {
    if (ownerOf(files) != owner) Files.setAttribute(files, "unix:uid", owner);
  }

  private boolean canRun(PostgresBinaries binaries) {
    try {
      Process trial =
          new ProcessBuilder(command(binaries.program("postgres"), "--version"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static PostgresUser as(int uid) {
    return new PostgresUser(
        List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups"), uid);
  }

  private static int ownerOf(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }

  /** The number again where the system knows no name. */
  private static String nameOf(Path path) throws IOException {
    return Files.getOwner(path).getName();
  }
}
