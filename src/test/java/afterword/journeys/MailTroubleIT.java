package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.TestClock;
import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail servers that refuse, and those that ask for encryption. */
class MailTroubleIT {
  private static final SiteSettings ALL_HELD =
      new SiteSettings(Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
  private static final String MO = "mo@blog.example";
  private static final String PASSWORD = "not-a-secret";

  @TempDir Path folder;

  private final TestClock clock = new TestClock();
  private TalkingMailServer server;
  private RunningService running;
  private MailWishes wishes;

  private void start(String tls, Optional<SSLContext> encryption) throws IOException {
    start(tls, encryption, Optional.empty());
  }

  private void start(String tls, Optional<SSLContext> encryption, Optional<String> refusal)
      throws IOException {
    server = new TalkingMailServer(encryption);
    server.refusal = refusal;
    running =
        new RunningService(
            ALL_HELD,
            clock,
            "--smtp-host=localhost",
            "--smtp-port=" + server.port(),
            "--smtp-tls=" + tls,
            "--mail-from=Afterword <comments@blog.example>");
    wishes = new MailWishes(running);
    wishes.add(MO, Role.MODERATOR);
    wishes.want(MO, 15, "en");
    clock.advance(Duration.ofMinutes(1));
    held("Waits");
  }

  private void held(String text) {
    assertEquals(202, running.send(comment(text)).statusCode());
    clock.advance(Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() throws IOException {
    if (running != null) running.close();
    if (server != null) server.close();
  }

  @Test
  void an_address_that_is_refused_for_good_is_written_to_again_only_when_asked_for()
      throws IOException {
    start("none", Optional.empty(), Optional.of("550 5.1.1 no such user"));
    eventually("it was refused", () -> mails("refused") == 1);
    assertEquals("550 5.1.1 no such user", wishes.wanted(MO).getString("refusal"));

    clock.advance(Duration.ofDays(2));
    held("Waits too");
    wishes.noted();

    assertEquals(1, server.heard("RCPT"), "asked once and no more");
    server.refusal = Optional.empty();
    wishes.want(MO, 15, "en");
    assertNull(wishes.wanted(MO).getString("refusal"));
    clock.advance(Duration.ofMinutes(1));
    held("Waits as well");
    eventually("it was taken", () -> mails("delivered") == 1);
  }

  @Test
  void an_answer_that_may_change_is_asked_for_again_later_and_later() throws IOException {
    start("none", Optional.empty(), Optional.of("451 try again"));
    eventually("it was tried", () -> mails("retried") == 1);
    clock.advance(Duration.ofMinutes(5));
    eventually("it was tried again", () -> mails("retried") == 2);

    clock.advance(Duration.ofMinutes(9));
    wishes.noted();
    assertEquals(2, mails("retried"), "ten minutes have not gone by");
    clock.advance(Duration.ofMinutes(1));
    eventually("it was tried once more", () -> mails("retried") == 3);

    server.refusal = Optional.empty();
    clock.advance(Duration.ofMinutes(20));
    eventually("it was taken", () -> mails("delivered") == 1);
    assertNull(wishes.wanted(MO).getString("refusal"));
    assertEquals("0", running.database().ask("select failures from waiting_mail"));
  }

  @Test
  void a_server_that_refuses_us_says_nothing_about_the_address() throws IOException {
    start("starttls", Optional.empty());

    eventually("it was tried", () -> mails("retried") == 1);

    assertEquals(0, server.heard("MAIL"), "nothing goes unencrypted where encryption is asked for");
    assertNull(wishes.wanted(MO).getString("refusal"));
  }

  @Test
  void encryption_begins_before_anything_is_told() throws Exception {
    Path store = certificate();
    String before = System.setProperty("javax.net.ssl.trustStore", store.toString());
    String password = System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    try {
      start("starttls", Optional.of(encryption(store)));
      eventually("it was taken", () -> mails("delivered") == 1);
    } finally {
      restore("javax.net.ssl.trustStore", before);
      restore("javax.net.ssl.trustStorePassword", password);
    }

    assertEquals(0, server.heard("MAIL"));
    assertEquals(1, server.heard("tls RCPT TO:<mo@blog.example>"));
    assertTrue(server.heard.stream().anyMatch(line -> line.contains("waiting: 1")));
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_told_nothing() throws Exception {
    start("starttls", Optional.of(encryption(certificate())));

    eventually("it was tried", () -> mails("retried") == 1);

    assertEquals(1, server.heard("STARTTLS"));
    assertEquals(0, server.heard("MAIL") + server.heard("tls "));
  }

  private double mails(String result) {
    return wishes.metric("afterword_mails_total{result=\"" + result + "\"}");
  }

  private static SSLContext encryption(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** Of "localhost", signed by itself, with its key. */
  private Path certificate() throws Exception {
    Path store = folder.resolve("mail.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "mail",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            store.toString());
    Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(made.getInputStream().readAllBytes());
    assertEquals(0, made.waitFor(), said);
    return store;
  }

  private static void restore(String name, String before) {
    if (before == null) System.clearProperty(name);
    else System.setProperty(name, before);
  }
}
