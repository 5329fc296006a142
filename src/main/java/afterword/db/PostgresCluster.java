package afterword.db;

import afterword.config.ConfigException;
import afterword.config.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The files of one embedded PostgreSQL: made aside and renamed when complete, so a start that was
 * killed half-way leaves nothing that looks finished.
 */
final class PostgresCluster {
  static final String OWNER_ROLE = "afterword_owner";
  static final String SERVE_ROLE = "afterword";
  static final String DATABASE = "afterword";
  static final String FILES = "database";
  static final String OWNER_PASSWORD = "database-owner-password";
  static final String SERVE_PASSWORD = "database-password";

  /** Run by single-user PostgreSQL, which takes a line as a statement. */
  private static final String CREATE =
      """
      create role afterword_owner login createdb password '%s'
      create role afterword login password '%s'
      create database afterword owner afterword_owner
      """;

  /** Nobody but our two roles, and they only with a password; the superuser not at all. */
  private static final String WHO_MAY_CONNECT =
      "host all afterword_owner,afterword 127.0.0.1/32 scram-sha-256\n";

  private final DataFolder folder;
  private final PostgresBinaries binaries;

  PostgresCluster(DataFolder folder, PostgresBinaries binaries) {
    this.folder = folder;
    this.binaries = binaries;
  }

  Path files() {
    return folder.path().resolve(FILES);
  }

  String ownerPassword() {
    return folder.keep(OWNER_PASSWORD, DataFolder::randomText);
  }

  String servePassword() {
    return folder.keep(SERVE_PASSWORD, DataFolder::randomText);
  }

  void create(PostgresUser user) throws IOException {
    Path fresh = folder.path().resolve("database.new");
    if (Files.exists(fresh)) DataFolder.remove(fresh);
    Files.createDirectory(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    user.give(fresh);
    run(
        user.command(
            binaries.program("initdb"),
            "-D",
            fresh.toString(),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-locale",
            "--no-sync",
            "--no-instructions"),
        "");
    Files.writeString(fresh.resolve("pg_hba.conf"), WHO_MAY_CONNECT);
    run(
        user.command(binaries.program("postgres"), "--single", "-D", fresh.toString(), "postgres"),
        CREATE.formatted(ownerPassword(), servePassword()));
    Files.move(fresh, files(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Files of another major version are not readable; they are left alone. */
  void requireSameVersion() throws IOException {
    String found = Files.readString(files().resolve("PG_VERSION")).strip();
    String ours = binaries.majorVersion();
    if (!found.equals(ours)) {
      throw new ConfigException(
          "The database in "
              + files()
              + " was made by PostgreSQL "
              + found
              + ", this build brings "
              + ours
              + ": dump it with "
              + found
              + " and restore it, or choose another folder with --data-dir");
    }
  }

  private static void run(List<String> command, String input) throws IOException {
    Path said = Files.createTempFile("afterword", ".txt");
    try {
      Process process =
          PostgresServer.quietly(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new ConfigException(
            "The embedded database could not be made: " + Files.readString(said).strip());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ConfigException("Stopped while the embedded database was made");
    } finally {
      Files.delete(said);
    }
  }
}
