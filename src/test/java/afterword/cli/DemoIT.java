package afterword.cli;

import static afterword.journeys.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.config.DataFolder;
import afterword.db.EmbeddedPostgres;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoIT {
  /** The key of somebody whose comments under the article were published. */
  private static final String TRUSTED =
      UUID.nameUUIDFromBytes("Marit Solheim".getBytes(StandardCharsets.UTF_8))
          .toString()
          .replace("-", "");

  private Path home;
  private Path readyFile;

  /** The programs of PostgreSQL are unpacked once for all tests. */
  @BeforeEach
  void make_a_folder() throws IOException {
    Path shared =
        Files.createDirectories(Path.of("target/test-postgres/postgres")).toAbsolutePath();
    home = Files.createTempDirectory(shared.getParent(), "home-");
    Files.createSymbolicLink(home.resolve("postgres"), shared);
    readyFile = home.resolve("ready.json");
  }

  @AfterEach
  void remove_it() throws IOException {
    DataFolder.remove(home);
  }

  @Test
  void shows_a_living_thread_and_a_queue_and_the_second_start_knows_the_first() throws Exception {
    DemoClient first;
    int count;
    try (Program demo = start()) {
      first = new DemoClient(demo.ready(readyFile));
      assertHostPageHoldsOneScriptOf(first);
      count = first.count();
      assertTrue(count >= 30);
      assertTrue(
          first
              .reasons()
              .containsAll(List.of("first-comment", "too-many-links", "blocked-word", "flagged")),
          first.reasons().toString());
      assertEquals(202, first.post("I walk, too."));
      String sameHost = first.origin().replace("127.0.0.1", "localhost");
      assertEquals(202, first.post("So do I, on the other spelling.", sameHost));
      assertEquals(403, first.post("From elsewhere", "https://elsewhere.example"));
      assertTrue(demo.said().contains(first.moderator().getString("password")));
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(readyFile)));

      assertAuditIsAppendOnly();
      assertTrue(demo.stop().toSeconds() < 10);
      eventually("its PostgreSQL has ended", () -> postgresOver(home).isEmpty());
    }

    try (Program demo = start()) {
      var second = new DemoClient(demo.ready(readyFile));
      assertEquals(first.moderator(), second.moderator());
      assertEquals(count, second.count());
      assertTrue(second.queue().encode().contains("I walk, too."));
      assertTrue(
          second.thread().getJsonObject("thread").getString("url").startsWith(second.origin()));
      demo.stop();
    }
  }

  @Test
  void a_post_in_flight_when_it_is_told_to_stop_gets_its_201() throws Exception {
    try (Program program = start("--finish-seconds=60")) {
      var demo = new DemoClient(program.ready(readyFile));
      String body = demo.comment("Sent while it stops").put("commenterKey", TRUSTED).encode();
      try (var socket = new Socket("localhost", URI.create(demo.serviceUrl()).getPort())) {
        send(socket, demo.head(body.length()) + body.substring(0, 20));
        eventually("it is in flight", () -> demo.inFlight() == 1);

        program.terminate();
        eventually("it stops", () -> refuses(demo.serviceUrl()));
        send(socket, body.substring(20));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
      }
      assertEquals(0, program.exitCode());
    }
    try (Program program = start()) {
      assertTrue(
          new DemoClient(program.ready(readyFile))
              .thread()
              .encode()
              .contains("Sent while it stops"));
      program.stop();
    }
  }

  @Test
  void a_killed_one_is_followed_by_one_that_works() throws Exception {
    try (Program demo = start()) {
      demo.ready(readyFile);
      demo.kill();
    }
    assertNotEquals(List.of(), postgresOver(home));

    try (Program demo = start()) {
      assertTrue(new DemoClient(demo.ready(readyFile)).count() >= 30);
      demo.stop();
    }
    eventually("its PostgreSQL has ended", () -> postgresOver(home).isEmpty());
  }

  @Test
  void an_ephemeral_one_leaves_nothing_but_the_programs() throws Exception {
    try (Program demo = start("--ephemeral")) {
      demo.ready(readyFile);
      assertFalse(demo.said().contains("next start"));
      demo.stop();
      Files.delete(readyFile);
    }

    try (Stream<Path> left = Files.list(home)) {
      Set<String> names =
          left.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
      names.removeIf(name -> name.startsWith("said-"));
      assertEquals(Set.of("postgres"), names);
    }
  }

  private Program start(String... more) throws IOException {
    Files.deleteIfExists(readyFile);
    var args =
        new ArrayList<>(List.of("demo", "--port=0", "--management-port=0", "--host-page-port=0"));
    args.addAll(List.of("--data-dir=" + home, "--ready-file=" + readyFile));
    args.addAll(List.of(more));
    return Program.start(home, args.toArray(String[]::new));
  }

  /** For the role that the demo serves with, as anybody finds who reads its folder. */
  private void assertAuditIsAppendOnly() throws SQLException {
    URI url = URI.create(EmbeddedPostgres.running(home).orElseThrow().serviceUrl());
    String[] who = url.getUserInfo().split(":");
    String jdbc = "jdbc:postgresql://" + url.getAuthority().replaceFirst(".*@", "") + url.getPath();
    try (Connection connection = DriverManager.getConnection(jdbc, who[0], who[1]);
        Statement statement = connection.createStatement()) {
      for (String sql : List.of("update audit set reason = 'x'", "delete from audit")) {
        var refused = assertThrows(SQLException.class, () -> statement.execute(sql));
        assertEquals("42501", refused.getSQLState(), sql);
      }
    }
  }

  private static void assertHostPageHoldsOneScriptOf(DemoClient demo) throws Exception {
    String html = demo.get(demo.hostPageUrl());

    assertEquals(2, html.split("<script", -1).length);
    assertTrue(html.contains("src=\"" + demo.serviceUrl() + "/embed/v1.js\" data-site=\"demo\""));
    assertNotEquals(
        URI.create(demo.serviceUrl()).getHost(), URI.create(demo.hostPageUrl()).getHost());
  }

  private static List<Long> postgresOver(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(folder + "/database"))
        .map(ProcessHandle::pid)
        .toList();
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean refuses(String url) {
    try (var socket = new Socket("localhost", URI.create(url).getPort())) {
      return false;
    } catch (IOException refused) {
      return true;
    }
  }
}
