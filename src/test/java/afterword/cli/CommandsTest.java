package afterword.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.config.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("looks at what is printed")
class CommandsTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @TempDir Path temp;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void let_go() {
    System.setOut(out);
    System.setErr(err);
  }

  @Test
  void the_help_names_every_command_and_setting() {
    assertEquals(0, run("--help"));

    for (Command command : Command.all())
      assertTrue(said(printed).contains("\n  " + command.name()), command.name());
    for (Setting setting : Setting.values())
      assertTrue(said(printed).contains(setting.name()), setting.name());
  }

  @Test
  void an_unknown_command_gets_the_nearest_one() {
    assertEquals(2, run("moderator", "ad", "ana@example.org"));

    assertEquals(
        "afterword: there is no command \"moderator ad\"; did you mean \"moderator add\"?\n",
        said(complained));
  }

  @Test
  void every_mistake_is_a_line() {
    assertEquals(2, run("serve", "--prot=1", "--drain-seconds=soon"));

    assertEquals(
        """
        afterword: --prot is not known; did you mean --port?
        afterword: --drain-seconds must be a number from 0 to 600, not "soon"
        """,
        said(complained));
  }

  @Test
  void a_taken_port_is_told_in_one_line() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      for (String flag : List.of("--port", "--management-port", "--host-page-port")) {
        complained.reset();
        assertEquals(
            2, run("demo", "--data-dir=" + temp, "--port=0", "--management-port=0", flag, port));
        assertTrue(
            said(complained)
                .matches(
                    "afterword: Port "
                        + port
                        + " is taken: choose another with "
                        + flag
                        + " or \\w+\n"),
            said(complained));
      }
    }
  }

  @Test
  void a_folder_that_cannot_be_written_is_told_in_one_line() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertEquals(
        2,
        run(
            "demo",
            "--data-dir=" + file + "/data",
            "--port=0",
            "--management-port=0",
            "--host-page-port=0"));

    assertEquals(
        "afterword: The data folder "
            + file
            + "/data cannot be written: choose another with --data-dir\n",
        said(complained));
  }

  @Test
  void the_demo_stays_away_from_a_database_that_others_may_need() {
    int code =
        Commands.run(
            List.of("demo"),
            Map.of(
                "DATABASE_URL",
                "postgres://a:b@c/d",
                "AFTERWORD_SECRET",
                "kP3vXz9QmW7tRb2YcL5nHs8JdF4gAe6u"));

    assertEquals(2, code);
    assertEquals(
        "afterword: The demo brings its own database: start it without DATABASE_URL\n",
        said(complained));
  }

  @Test
  void shows_the_settings_without_secrets() {
    assertEquals(0, run("serve", "--port=1234", "--print-config"));

    assertTrue(said(printed).contains("HTTP_PORT=1234\n"));
  }

  private int run(String... args) {
    return Commands.run(List.of(args), Map.of());
  }

  private static String said(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
