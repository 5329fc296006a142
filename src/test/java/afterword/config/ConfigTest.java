package afterword.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  private static final String GOOD_SECRET = "kP3vXz9QmW7tRb2YcL5nHs8JdF4gAe6u";

  @Test
  void former_secrets_may_follow_the_newest_and_each_must_hold() {
    String former = "z" + GOOD_SECRET;

    assertEquals(
        GOOD_SECRET + "\n" + former,
        Config.load(List.of(), Map.of("AFTERWORD_SECRET", GOOD_SECRET + "\n" + former)).secret());
    assertThrows(
        ConfigException.class,
        () -> Config.load(List.of(), Map.of("AFTERWORD_SECRET", GOOD_SECRET + "\nchangeme")));
  }

  @Test
  void knows_what_is_said_in_the_design_without_being_told() {
    Config config = Config.load(List.of(), Map.of());

    assertEquals(8080, config.httpPort());
    assertEquals("http://localhost:8080", config.publicBaseUrl());
    assertEquals(Optional.empty(), config.databaseUrl());
    assertEquals(List.of(), config.trustedProxies());
  }

  @Test
  void a_flag_wins_over_the_environment_and_that_over_the_file(@TempDir Path folder)
      throws IOException {
    Path file =
        Files.writeString(folder.resolve("a"), "HTTP_PORT=1\nMANAGEMENT_PORT=2\nLOG_FORMAT=json\n");

    Config config =
        Config.load(
            List.of("--port", "3"),
            Map.of("HTTP_PORT", "4", "MANAGEMENT_PORT", "5", "AFTERWORD_CONFIG", file.toString()));

    assertEquals(3, config.httpPort());
    assertEquals(5, config.managementPort());
    assertEquals("json", config.logFormat());
  }

  @Test
  void reads_a_value_from_the_file_named_by_its_twin(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), GOOD_SECRET + "\n");

    assertEquals(
        GOOD_SECRET,
        Config.load(List.of(), Map.of("AFTERWORD_SECRET_FILE", file.toString())).secret());
  }

  @Test
  void a_port_that_the_kernel_chose_is_part_of_the_public_address() {
    Config config = Config.load(List.of("--port=0"), Map.of()).with(Setting.HTTP_PORT, "41234");

    assertEquals("http://localhost:41234", config.publicBaseUrl());
  }

  @Test
  void tells_every_mistake_at_once() {
    List<String> lines =
        mistakes(
            List.of("--prot", "1", "--ephemeral", "--drain-seconds=soon"),
            Map.of(
                "HTTP_PORT", "99999",
                "PUBLIC_BASE_URL", "ftp://x",
                "AFTERWORD_TRUSTED_PROXIES", "10.0.0.0/8, localhost",
                "AFTERWORD_DATA_DRI", "x",
                "DATABASE_URL", "postgres://a:b@c/d"));

    assertEquals(
        List.of(
            "--prot is not known; did you mean --port?",
            "\"1\" is not understood here",
            "PUBLIC_BASE_URL must be an origin like https://comments.example.org, not \"ftp://x\"",
            "HTTP_PORT must be a number from 0 to 65535, not \"99999\"",
            "AFTERWORD_TRUSTED_PROXIES is not a list of ranges like 10.0.0.0/8",
            "AFTERWORD_DATA_DRI is not known; did you mean AFTERWORD_DATA_DIR?",
            "--drain-seconds must be a number from 0 to 600, not \"soon\"",
            "AFTERWORD_SECRET is needed with DATABASE_URL; make one with: head -c 32 /dev/urandom | base64"),
        lines);
  }

  @Test
  void kubernetes_may_put_the_names_of_its_service_into_the_environment() {
    Config.load(
        List.of(),
        Map.of(
            "AFTERWORD_PORT", "tcp://10.0.0.1:80",
            "AFTERWORD_PORT_80_TCP_ADDR", "10.0.0.1",
            "AFTERWORD_SERVICE_HOST", "10.0.0.1",
            "AFTERWORD_SERVICE_PORT_HTTP", "80"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tooshort",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "changemechangemechangemechangeme",
        "change-me-to-a-long-random-string-please",
        "0123456789abcdef0123456789abcdef",
        "abcdefghijklmnopqrstuvwxyz012345",
        "this-is-my-very-secret-password-value",
        "deadbeefdeadbeefdeadbeefdeadbeef",
        "00000000000000000000000000000001"
      })
  void refuses_a_secret_that_can_be_guessed(String secret) {
    List<String> lines =
        mistakes(
            List.of(), Map.of("AFTERWORD_SECRET", secret, "DATABASE_URL", "postgres://a:b@c/d"));

    assertEquals(1, lines.size());
    assertTrue(lines.get(0).startsWith("AFTERWORD_SECRET "), lines.get(0));
    if (secret.length() > 8) assertFalse(lines.get(0).contains(secret));
  }

  @Test
  void takes_secrets_made_by_chance() {
    for (int i = 0; i < 1_000; i++) {
      Config.load(List.of(), Map.of("AFTERWORD_SECRET", DataFolder.randomText()));
    }
  }

  @Test
  void a_mistaken_address_of_the_database_is_told_without_its_password() {
    List<String> lines =
        mistakes(
            List.of(),
            Map.of("DATABASE_URL", "mysql://root:hunter2@db/x", "AFTERWORD_SECRET", GOOD_SECRET));

    assertEquals(
        List.of("DATABASE_URL must look like postgres://user:password@host:5432/name"), lines);
  }

  @Test
  void prints_itself_without_its_secrets() {
    String printed =
        Config.load(
                List.of("--log-format=json"),
                Map.of("AFTERWORD_SECRET", GOOD_SECRET, "DATABASE_URL", "postgres://a:hunter2@c/d"))
            .print();

    assertTrue(printed.contains("LOG_FORMAT=json\n"));
    assertTrue(printed.contains("DATABASE_URL=(hidden)\n"));
    assertFalse(printed.contains("hunter2") || printed.contains(GOOD_SECRET));
  }

  private static List<String> mistakes(List<String> args, Map<String, String> env) {
    return assertThrows(ConfigException.class, () -> Config.load(args, env)).lines();
  }
}
