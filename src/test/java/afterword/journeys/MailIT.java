package afterword.journeys;

import static afterword.journeys.Eventually.eventually;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.FreePort;
import afterword.Service;
import afterword.TestClock;
import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Vertx;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail to moderators, taken by a real mail server. */
class MailIT {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final SiteSettings ALL_HELD =
      new SiteSettings(Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);

  private final TestClock clock = new TestClock();
  private GreenMail server = mailServer(FreePort.next());
  private RunningService running;
  private MailWishes wishes;
  private AdminClient moderator;

  private static GreenMail mailServer(int port) {
    var setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(60_000);
    return new GreenMail(setup);
  }

  @BeforeEach
  void start() {
    server.start();
    running = new RunningService(ALL_HELD, clock, flags());
    wishes = new MailWishes(running);
    wishes.add("mo@blog.example", Role.MODERATOR);
    moderator = AdminClient.of(running, "Other", Map.of("blog", Role.MODERATOR));
  }

  private String[] flags() {
    return new String[] {
      "--smtp-host=127.0.0.1",
      "--smtp-port=" + server.getSmtp().getPort(),
      "--smtp-tls=none",
      "--mail-from=Afterword <comments@blog.example>"
    };
  }

  @AfterEach
  void stop() {
    running.close();
    server.stop();
  }

  @Test
  void one_mail_tells_of_all_that_waits_and_the_next_comes_after_its_time() throws Exception {
    want(60, "en");
    clock.advance(Duration.ofMinutes(1));
    held("One");
    held("Two");
    clock.advance(GRACE);
    eventually("a mail came", () -> mails().length == 1);
    MimeMessage mail = mails()[0];
    assertEquals("Comments wait for you (2)", mail.getSubject());
    assertEquals("mo@blog.example", mail.getAllRecipients()[0].toString());
    assertEquals("auto-generated", mail.getHeader("Auto-Submitted", null));
    String text = GreenMailUtil.getBody(mail);
    assertTrue(text.contains("waiting: 2, new: 2"), text);
    assertTrue(text.contains(running.service().config().publicBaseUrl() + "/admin"), text);
    assertFalse(text.contains("One"), "no word of a comment");
    eventually(
        "it is noted", () -> wishes.metric("afterword_mails_total{result=\"delivered\"}") == 1);

    held("Three");
    clock.advance(Duration.ofMinutes(59));
    wishes.noted();
    assertEquals(1, mails().length);
    clock.advance(Duration.ofMinutes(2));
    eventually("the next came", () -> mails().length == 2);
    assertTrue(GreenMailUtil.getBody(mails()[1]).contains("waiting: 3, new: 1"));
  }

  @Test
  void what_was_decided_within_the_grace_is_no_reason_for_a_mail() throws Exception {
    want(15, "en");
    clock.advance(Duration.ofMinutes(1));
    String id = held("Gone at once");
    moderator.decide("reject", AdminClient.item(id, 1));
    clock.advance(GRACE);
    wishes.noted();
    held("Stays");
    clock.advance(GRACE);

    eventually("a mail came", () -> mails().length == 1);
    assertEquals("Comments wait for you (1)", mails()[0].getSubject());
  }

  @Test
  void nobody_who_did_not_ask_or_may_not_decide_gets_mail() {
    wishes.add("vi@blog.example", Role.VIEWER);
    wishes.want("vi@blog.example", 15, "en");
    held("Who will be told?");
    clock.advance(Duration.ofHours(1));
    wishes.noted();

    assertEquals(0, mails().length);
  }

  @Test
  void who_is_disabled_gets_no_mail_any_more() {
    wishes.add("kim@blog.example", Role.MODERATOR);
    for (String email : List.of("mo@blog.example", "kim@blog.example"))
      wishes.want(email, 15, "en");
    await(running.service().moderators().disable("test", "mo@blog.example"));
    clock.advance(Duration.ofMinutes(1));
    held("For one of two");
    clock.advance(GRACE);
    eventually("the other is told", () -> mails().length == 1);
    wishes.noted();

    assertEquals(1, mails().length);
    assertEquals("kim@blog.example", recipient(mails()[0]));
  }

  private static String recipient(MimeMessage mail) {
    try {
      return mail.getAllRecipients()[0].toString();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void no_name_of_a_site_begins_another_header() throws Exception {
    running
        .database()
        .run("update site set name = E'Blog\\r\\nBcc: all@evil.example\\r\\n\\r\\nHello'");
    want(15, "en");
    clock.advance(Duration.ofMinutes(1));
    held("Waits");
    clock.advance(GRACE);
    eventually("a mail came", () -> mails().length == 1);

    MimeMessage mail = mails()[0];
    assertNull(mail.getHeader("Bcc"));
    assertEquals(1, mail.getAllRecipients().length);
    assertEquals(1, server.getReceivedMessages().length);
    assertTrue(GreenMailUtil.getBody(mail).contains("Blog Bcc: all@evil.example Hello"));
  }

  @Test
  void it_is_written_in_the_language_of_who_asked() throws Exception {
    want(15, "ru");
    clock.advance(Duration.ofMinutes(1));
    held("Ждёт");
    clock.advance(GRACE);
    eventually("a mail came", () -> mails().length == 1);

    assertEquals("Комментарии ждут вас (1)", mails()[0].getSubject());
    assertTrue(mails()[0].getContent().toString().contains("ожидают: 1"));
  }

  @Test
  void a_server_that_is_away_is_asked_again_and_two_processes_write_one_mail() {
    want(15, "en");
    clock.advance(Duration.ofMinutes(1));
    int port = server.getSmtp().getPort();
    server.stop();
    held("Patience");
    clock.advance(GRACE);
    eventually(
        "it was tried", () -> wishes.metric("afterword_mails_total{result=\"retried\"}") > 0);
    server = mailServer(port);
    server.start();
    Vertx vertx = Vertx.vertx();
    Service second = RunningService.start(vertx, running.database().config(flags()), clock);
    clock.advance(Duration.ofMinutes(5));

    eventually("a mail came", () -> mails().length == 1);
    eventually(
        "it is noted",
        () ->
            running
                .database()
                .ask("select next_at - told_at > interval '15 min' from waiting_mail")
                .equals("t"));
    assertEquals(1, mails().length);
    await(second.stop());
    await(vertx.close());
  }

  private void want(int minutes, String language) {
    wishes.want("mo@blog.example", minutes, language);
  }

  private String held(String text) {
    var answer = running.send(comment(text));
    assertEquals(202, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsJsonObject().getJsonObject("comment").getString("id");
  }

  private MimeMessage[] mails() {
    return server.getReceivedMessages();
  }
}
