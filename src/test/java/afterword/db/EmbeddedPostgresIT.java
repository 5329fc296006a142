package afterword.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.FreePort;
import afterword.config.ConfigException;
import afterword.config.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresIT {
  private Path home;

  /** The programs are unpacked once for all tests. */
  @BeforeEach
  void make_a_folder() throws IOException {
    Path shared =
        Files.createDirectories(Path.of("target/test-postgres/postgres")).toAbsolutePath();
    home = Files.createTempDirectory(shared.getParent(), "home-");
    Files.createSymbolicLink(home.resolve("postgres"), shared);
  }

  @AfterEach
  void remove_it() throws IOException {
    DataFolder.remove(home);
  }

  @Test
  void keeps_what_was_written_from_one_start_to_the_next() throws Exception {
    try (var folder = DataFolder.at(home);
        var postgres = EmbeddedPostgres.start(folder)) {
      run(postgres.ownerUrl(), "create table t (n int); insert into t values (42)");
    }

    try (var folder = DataFolder.at(home);
        var postgres = EmbeddedPostgres.start(folder)) {
      assertEquals("42", ask(postgres.ownerUrl(), "select n from t"));
      assertEquals("on", ask(postgres.ownerUrl(), "show fsync"));
      assertEquals(
          "C.UTF-8",
          ask(
              postgres.ownerUrl(),
              "select datlocale from pg_database where datname = 'afterword'"));
    }
  }

  @Test
  void stops_the_database_that_a_killed_process_left_behind() throws Exception {
    String before;
    try (var folder = DataFolder.at(home)) {
      var abandoned = EmbeddedPostgres.start(folder);
      run(abandoned.ownerUrl(), "create table t (n int); insert into t values (42)");
      before = pid();
    }

    try (var folder = DataFolder.at(home);
        var postgres = EmbeddedPostgres.start(folder)) {
      assertEquals("42", ask(postgres.ownerUrl(), "select n from t"));
      assertFalse(before.equals(pid()));
      assertFalse(ProcessHandle.of(Long.parseLong(before)).isPresent());
    }
  }

  @Test
  void starts_after_the_database_itself_was_killed() throws Exception {
    try (var folder = DataFolder.at(home)) {
      var killed = EmbeddedPostgres.start(folder);
      run(killed.ownerUrl(), "create table t (n int); insert into t values (42)");
      var process = ProcessHandle.of(Long.parseLong(pid())).orElseThrow();
      // They hold its shared memory until they notice.
      List<ProcessHandle> children = process.children().toList();
      process.destroyForcibly();
      process.onExit().get(60, TimeUnit.SECONDS);
      for (ProcessHandle child : children) child.onExit().get(60, TimeUnit.SECONDS);

      try (var postgres = EmbeddedPostgres.start(folder)) {
        assertEquals("42", ask(postgres.ownerUrl(), "select n from t"));
      }
    }
  }

  @Test
  void takes_another_port_where_somebody_was_faster() throws Exception {
    try (var folder = DataFolder.at(home);
        var somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmbeddedPostgres.start(folder).close();
      int taken = somebody.getLocalPort();
      int free = FreePort.next();

      PostgresServer server = serverOn(List.of(taken, free).iterator()::next);
      server.stop();
      var nowhere = assertThrows(ConfigException.class, () -> serverOn(() -> taken));

      assertEquals(free, server.port());
      assertTrue(nowhere.getMessage().contains("TCP/IP"), nowhere.getMessage());
    }
  }

  private PostgresServer serverOn(PostgresServer.Ports ports) throws Exception {
    PostgresBinaries binaries = PostgresBinaries.unpack(home.resolve("postgres"));
    Path files = home.resolve("database");
    return PostgresServer.start(
        binaries,
        PostgresUser.choose(home, files, binaries),
        files,
        home.resolve("database.log"),
        List.of("listen_addresses=127.0.0.1", "unix_socket_directories="),
        ports);
  }

  @Test
  void stops_within_seconds_with_a_connection_open() throws Exception {
    try (var folder = DataFolder.at(home)) {
      // How long the disk takes for what others wrote is not measured.
      var postgres = EmbeddedPostgres.start(folder, List.of("fsync=off"));
      var connection = TestDatabase.connect(postgres.serviceUrl());
      long start = System.nanoTime();

      postgres.close();

      assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) < 5);
      assertFalse(Files.exists(home.resolve("database/postmaster.pid")));
      assertFalse(connection.isValid(1));
    }
  }

  @Test
  void refuses_the_files_of_another_major_version_and_leaves_them_alone() throws Exception {
    Files.createDirectories(home.resolve("database"));
    Files.writeString(home.resolve("database/PG_VERSION"), "16\n");

    try (var folder = DataFolder.at(home)) {
      var refused = assertThrows(ConfigException.class, () -> EmbeddedPostgres.start(folder));

      assertTrue(
          refused.getMessage().contains("was made by PostgreSQL 16, this build brings 18"),
          refused.getMessage());
      assertEquals(List.of("PG_VERSION"), List.of(home.resolve("database").toFile().list()));
    }
  }

  @Test
  void lets_nobody_in_without_the_password_that_was_made_for_it() throws Exception {
    try (var folder = DataFolder.at(home);
        var postgres = EmbeddedPostgres.start(folder)) {
      String wrong = postgres.serviceUrl().replaceFirst(":[^:@]+@", ":wrong@");
      String superuser = postgres.serviceUrl().replaceFirst("//[^@]+@", "//postgres:x@");

      assertEquals(
          "28P01",
          assertThrows(SQLException.class, () -> TestDatabase.connect(wrong)).getSQLState());
      assertEquals(
          "28000",
          assertThrows(SQLException.class, () -> TestDatabase.connect(superuser)).getSQLState());
      for (String name : List.of("database-password", "database-owner-password")) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name))));
      }
    }
  }

  @Test
  void its_log_never_holds_the_details_of_an_error() throws Exception {
    try (var folder = DataFolder.at(home);
        var postgres = EmbeddedPostgres.start(folder)) {
      run(
          postgres.ownerUrl(),
          "create table t (email text primary key); insert into t values ('mia@example.org')");
      try (var connection = TestDatabase.connect(postgres.ownerUrl());
          var insert = connection.prepareStatement("insert into t values (?)")) {
        insert.setString(1, "mia@example.org");
        assertThrows(SQLException.class, insert::execute);
      }

      String log = Files.readString(home.resolve("database.log"));
      assertTrue(log.contains("duplicate key"));
      assertEquals(1, log.split("mia@example.org", -1).length);
    }
  }

  private String pid() throws IOException {
    return Files.readAllLines(home.resolve("database/postmaster.pid")).get(0).strip();
  }

  private static void run(String url, String sql) {
    new TestDatabase(url, url).run(sql);
  }

  private static String ask(String url, String sql) {
    return new TestDatabase(url, url).ask(sql);
  }
}
